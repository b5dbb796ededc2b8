// Fills templates as listmonk does: the page and the plain text by html/template, the subject by text/template.
package main

import (
	"encoding/json"
	"html/template"
	"os"
	"strings"
	texttemplate "text/template"
)

type input struct {
	Subject, Text, Page string
	Readers             []map[string]any
	Links               map[string]string
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	var in input
	check(json.NewDecoder(os.Stdin).Decode(&in))
	functions := map[string]any{
		"Safe": func(text string) template.HTML { return template.HTML(text) },
		// As Sprig has it.
		"replace": func(old, new, text string) string { return strings.ReplaceAll(text, old, new) },
	}
	for name, url := range in.Links {
		url := url
		functions[name] = func() string { return url }
	}
	subject := texttemplate.Must(texttemplate.New("").Funcs(functions).Parse(in.Subject))
	text := template.Must(template.New("").Funcs(functions).Parse(in.Text))
	page := template.Must(template.New("").Funcs(functions).Parse(in.Page))
	emails := [][]string{}
	for _, reader := range in.Readers {
		var s, t, p strings.Builder
		check(subject.Execute(&s, reader))
		check(text.Execute(&t, reader))
		check(page.Execute(&p, reader))
		emails = append(emails, []string{s.String(), t.String(), p.String()})
	}
	check(json.NewEncoder(os.Stdout).Encode(emails))
}
