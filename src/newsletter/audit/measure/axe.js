/* Runs axe-core in the page and returns an AxeReport (see __init__.py) as JSON, without `ran`.

   Rules about the appearance of text take most of the time. They check one of all elements that look alike (see layers.js), and
   its result counts for all of them. An attribute marks it, and these rules select the elements with the attribute. In a second
   run, axe-core would read the whole page again. */
async ({ rules, appearanceRules, alike }) => {
  const everything = [...document.querySelectorAll("*")];
  const numbers = new Map(), positions = new Map();
  let last = -1;
  everything.forEach((element, position) => {
    last = Number(element.getAttribute("newsletter-element") ?? last);
    numbers.set(element, last);
    positions.set(element, position);
  });
  const groups = new Map(alike.map((group) => [everything[group[0]], group.map((position) => everything[position])]));
  const mark = "newsletter-look";
  const selectors = { "link-in-text-block": `a[href][${mark}], [role=link][${mark}]` };
  axe.configure({ rules: appearanceRules.map((id) => ({ id, selector: selectors[id] ?? `[${mark}]` })) });
  for (const element of groups.keys()) element.setAttribute(mark, "");
  const results = await axe.run(document, {
    runOnly: { type: "rule", values: [...rules, ...appearanceRules] }, resultTypes: ["violations", "incomplete"], selectors: false, elementRef: true,
  });
  for (const element of groups.keys()) element.removeAttribute(mark);
  const visible = new Set([...document.images].filter((at) => at.checkVisibility()).map((at) => at.alt));
  const isUnique = (at) => at.matches("img:not([alt=''])") && !visible.has(at.alt);
  const describe = (element) => ({
    number: numbers.get(element) ?? -1,
    element: positions.get(element) ?? -1,
    words: (element?.textContent || element?.getAttribute("alt") || "").trim().replace(/\s+/g, " "),
    html: element?.cloneNode(false).outerHTML.replace(/ newsletter-element="\d+"/g, "").replace(/<\/[^>]*>$/, "") ?? "",
    role: element?.getAttribute("role") ?? "",
    uniquePictures: element ? [element, ...element.querySelectorAll("*")].filter(isUnique).length : 0,
  });
  const allAlike = (id, element) => (appearanceRules.includes(id) ? groups.get(element) : [element]);
  const report = (kind) => results[kind].map(({ id, help, tags, nodes }) => (
    { id, help, tags, nodes: nodes.flatMap(({ element }) => allAlike(id, element)).map(describe) }
  ));
  const tested = [results.passes, results.violations, results.incomplete].flat().map(({ id, tags }) => ({ id, tags }));
  return JSON.stringify({ version: axe.version, violations: report("violations"), incomplete: report("incomplete"), tested });
}
