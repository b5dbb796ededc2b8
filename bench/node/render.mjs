// The Node stack: MJML -> mjml -> juice -> html-to-text -> nodemailer -> the bytes of an email.
//
//     node render.mjs ISSUE.mjml OUT.eml    create one email
//     node render.mjs                       create one for each path on standard input, and print a line of JSON

import { readFile } from "node:fs/promises";
import { convert } from "html-to-text";
import juice from "juice";
import mjml2html from "mjml";
import { assemble, serve } from "./serve.mjs";

const INLINE = /<mj-style inline="inline">([^]*?)<\/mj-style>/g;

await serve(async (path, time) => {
  const mjml = await readFile(path, "utf8");
  // mjml would pass these rules to juice itself, with these options. Separate calls have separate times.
  const css = [...mjml.matchAll(INLINE)].map((match) => match[1]).join("\n");
  const page = await time("compile", () => mjml2html(mjml.replace(INLINE, "")));
  const html = await time("inline", () =>
    juice(page.html, {
      extraCss: css,
      applyStyleTags: false,
      removeStyleTags: false,
      insertPreservedExtraCss: false,
      resolveCSSVariables: false, // there are none, and juice 11.1 fails on a rule without properties
    }),
  );
  const text = await time("text", () => convert(html, { wordwrap: false }));
  return { html, message: await time("message", () => assemble("Measured", text, html)) };
});
