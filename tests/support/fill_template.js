// Fills templates by Handlebars or by Mustache: `node fill_template.js FILE-OF-THE-ENGINE`, with JSON at both ends.
const engine = require(process.argv[2]);
const { parts, readers, options } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const fill = (part, reader) => (engine.compile ? engine.compile(part, options)(reader) : engine.render(part, reader));
console.log(JSON.stringify(readers.map((reader) => parts.map((part) => fill(part, reader)))));
