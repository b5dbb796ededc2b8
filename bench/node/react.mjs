// React Email: components -> HTML and plain text -> nodemailer -> the bytes of an email.
//
//     node react.mjs DATA.json OUT.eml    create one email
//     node react.mjs                      create one for each path on standard input, and print a line of JSON

import { readFile } from "node:fs/promises";
import { createElement as h, Fragment } from "react";
import { Body, Button, Container, Head, Heading, Html, Img, Link, Preview, render, Section, Text } from "react-email";
import { assemble, serve } from "./serve.mjs";

const font = { fontFamily: "Verdana, sans-serif" };
const words = { ...font, fontSize: "18px", lineHeight: "1.5" };
const button = { ...font, fontSize: "18px", backgroundColor: "#005a9c", color: "#ffffff", padding: "10px 25px" };

const article = (base, { title, picture, alt, paragraphs, last, link, button: to }, key) =>
  h(
    Section,
    { key },
    h(Heading, { as: "h2", style: font }, title),
    h(Img, { src: base + picture, alt, width: "550" }),
    paragraphs.map((paragraph, number) => h(Text, { key: number, style: words }, paragraph)),
    h(Text, { style: words }, last, " Read ", h(Link, { href: link.url }, link.text), "."),
    h(Button, { href: to.url, style: button }, to.text),
  );

const email = ({ preheader, title, base_url: base, articles }) =>
  h(
    Html,
    { lang: "en" },
    h(Head),
    h(Preview, null, preheader),
    h(
      Body,
      null,
      h(
        Container,
        null,
        h(Heading, { as: "h1", style: font }, title),
        h(Fragment, null, ...articles.map((each, number) => article(base, each, number))),
      ),
    ),
  );

await serve(async (path, time) => {
  const data = JSON.parse(await readFile(path, "utf8"));
  const html = await time("html", () => render(email(data)));
  const text = await time("text", () => render(email(data), { plainText: true }));
  return { html, message: await time("message", () => assemble(data.subject, text, html)) };
});
