// What both stacks of Node share: nodemailer, and the loop over the emails to create.

import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import MailComposer from "nodemailer/lib/mail-composer/index.js";

export function assemble(subject, text, html) {
  const mail = new MailComposer({
    from: "Street News <news@example.org>",
    to: "readers@example.org",
    subject,
    text,
    html,
    textEncoding: "quoted-printable",
  });
  return mail.compile().build();
}

// `build` gets a path and a function that measures a stage, and returns the page and the message.
export async function serve(build) {
  const run = async (path) => {
    const ms = {};
    const result = await build(path, async (stage, work) => {
      const start = performance.now();
      const made = await work();
      ms[stage] = performance.now() - start;
      return made;
    });
    return { ...result, ms };
  };
  const [source, target] = process.argv.slice(2);
  if (source) {
    await writeFile(target, (await run(source)).message);
    return;
  }
  for await (const path of createInterface({ input: process.stdin })) {
    const before = process.cpuUsage();
    const { html, message, ms } = await run(path);
    const used = process.cpuUsage(before); // of all threads, also those that compile and collect garbage
    const processor = (used.user + used.system) / 1000;
    const peak = process.resourceUsage().maxRSS / 1000;
    console.log(JSON.stringify({ ms, processor, bytes: message.length, html: Buffer.byteLength(html), peak }));
  }
}
