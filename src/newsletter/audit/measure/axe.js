/* What axe-core finds and what it leaves undecided, as JSON.

   Rules about the look of words take most of its time. Of elements that look alike (see layers.js) one is asked, and its answer
   is that of all. */
async ({ rules, ofLook, alike }) => {
  const everything = [...document.querySelectorAll("*")];
  const numbers = new Map(), places = new Map();
  let last = -1;
  everything.forEach((element, place) => {
    last = Number(element.getAttribute("newsletter-element") ?? last);
    numbers.set(element, last);
    places.set(element, place);
  });
  const run = (context, values) => axe.run(context, {
    runOnly: { type: "rule", values }, resultTypes: ["violations", "incomplete"], selectors: false, elementRef: true,
  });
  const whole = await run(document, rules);
  const groups = new Map(alike.map((group) => [everything[group[0]], group.map((place) => everything[place])]));
  const looks = ofLook.length && groups.size ? await run({ include: [...groups.keys()] }, ofLook) : { violations: [], incomplete: [] };
  const plain = (element) => ({
    number: numbers.get(element) ?? -1,
    element: places.get(element) ?? -1,
    words: (element?.textContent || element?.getAttribute("alt") || "").trim().replace(/\s+/g, " "),
    html: element?.cloneNode(false).outerHTML.replace(/ newsletter-element="\d+"/g, "").replace(/<\/[^>]*>$/, "") ?? "",
    role: element?.getAttribute("role") ?? "",
    pictures: element ? [element, ...element.querySelectorAll("*")].filter((at) => at.matches("img:not([alt=''])")).length : 0,
  });
  const found = (kind) => [
    ...whole[kind].map((one) => [one, one.nodes.map(({ element }) => element)]),
    ...looks[kind].map((one) => [one, one.nodes.flatMap(({ element }) => groups.get(element) ?? [])]),
  ].map(([{ id, help, tags }, nodes]) => ({ id, help, tags, nodes: nodes.map(plain) })).filter(({ nodes }) => nodes.length);
  return JSON.stringify({ version: axe.version, violations: found("violations"), incomplete: found("incomplete") });
}
