/* What axe-core finds and what it leaves undecided, as JSON.

   Rules about the look of words take most of its time. Of elements that look alike (see layers.js) one is asked, and its answer
   is that of all. It is marked meanwhile, and these rules select what is marked: a run of their own would make axe-core read the
   whole page twice. */
async ({ rules, ofLook, alike }) => {
  const everything = [...document.querySelectorAll("*")];
  const numbers = new Map(), places = new Map();
  let last = -1;
  everything.forEach((element, place) => {
    last = Number(element.getAttribute("newsletter-element") ?? last);
    numbers.set(element, last);
    places.set(element, place);
  });
  const groups = new Map(alike.map((group) => [everything[group[0]], group.map((place) => everything[place])]));
  const mark = "newsletter-look";
  const selectors = { "link-in-text-block": `a[href][${mark}], [role=link][${mark}]` };
  axe.configure({ rules: ofLook.map((id) => ({ id, selector: selectors[id] ?? `[${mark}]` })) });
  for (const one of groups.keys()) one.setAttribute(mark, "");
  const answers = await axe.run(document, {
    runOnly: { type: "rule", values: [...rules, ...ofLook] }, resultTypes: ["violations", "incomplete"], selectors: false, elementRef: true,
  });
  for (const one of groups.keys()) one.removeAttribute(mark);
  const plain = (element) => ({
    number: numbers.get(element) ?? -1,
    element: places.get(element) ?? -1,
    words: (element?.textContent || element?.getAttribute("alt") || "").trim().replace(/\s+/g, " "),
    html: element?.cloneNode(false).outerHTML.replace(/ newsletter-element="\d+"/g, "").replace(/<\/[^>]*>$/, "") ?? "",
    role: element?.getAttribute("role") ?? "",
    pictures: element ? [element, ...element.querySelectorAll("*")].filter((at) => at.matches("img:not([alt=''])")).length : 0,
  });
  const meant = (id, element) => (ofLook.includes(id) ? groups.get(element) : [element]);
  const found = (kind) => answers[kind].map(({ id, help, tags, nodes }) => (
    { id, help, tags, nodes: nodes.flatMap(({ element }) => meant(id, element)).map(plain) }
  ));
  return JSON.stringify({ version: axe.version, violations: found("violations"), incomplete: found("incomplete") });
}
