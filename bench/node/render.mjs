// The Node stack: MJML -> mjml -> juice -> html-to-text -> nodemailer -> the bytes of an email.
//
//     node render.mjs ISSUE.mjml OUT.eml    create one email
//     node render.mjs                       create one for each path on standard input, and print the
//                                           milliseconds of each stage as a line of JSON

import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { convert } from "html-to-text";
import juice from "juice";
import mjml2html from "mjml";
import MailComposer from "nodemailer/lib/mail-composer/index.js";

const INLINE = /<mj-style inline="inline">([^]*?)<\/mj-style>/g;

async function build(mjml) {
  const ms = {};
  const time = async (stage, work) => {
    const start = performance.now();
    const result = await work();
    ms[stage] = performance.now() - start;
    return result;
  };
  // mjml would pass these rules to juice itself, with these options. Separate calls have separate times.
  const css = [...mjml.matchAll(INLINE)].map((match) => match[1]).join("\n");
  const page = await time("compile", () => mjml2html(mjml.replace(INLINE, "")));
  const html = await time("inline", () =>
    juice(page.html, {
      extraCss: css,
      applyStyleTags: false,
      removeStyleTags: false,
      insertPreservedExtraCss: false,
    }),
  );
  const text = await time("text", () => convert(html, { wordwrap: false }));
  const message = await time("message", () => {
    const mail = new MailComposer({
      from: "Neuro News <news@example.org>",
      to: "readers@example.org",
      subject: "Measured",
      text,
      html,
      textEncoding: "quoted-printable",
    });
    return mail.compile().build();
  });
  return { message, ms };
}

const [source, target] = process.argv.slice(2);
if (source) {
  const { message } = await build(await readFile(source, "utf8"));
  await writeFile(target, message);
} else {
  for await (const path of createInterface({ input: process.stdin })) {
    const { message, ms } = await build(await readFile(path, "utf8"));
    console.log(JSON.stringify({ ms, bytes: message.length }));
  }
}
