// What is wrong with the page as it is drawn: the list of it, empty when nothing is.
(() => {
  const numbers = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour).map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const found = getComputedStyle(each).backgroundColor;
      if (numbers(found)[3] !== 0) return found;
    }
    return "rgb(255, 255, 255)";
  };
  const visible = [...document.body.querySelectorAll("*")].filter(
    (each) => each.checkVisibility() && !each.closest(".skip:not(:focus)"),
  );
  const wrong = [];
  for (const each of visible) {
    const style = getComputedStyle(each);
    const name = `${each.localName}#${each.id}.${each.className}`;
    const says = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (says || each.id === "answer") {
      const found = contrast(style.color, ground(each));
      if (found < 7) wrong.push(`${name}: contrast ${found}`);
    }
    if (each.matches("button, input, textarea")) {
      const edge = contrast(style.borderTopColor, ground(each.parentElement));
      if (edge < 3) wrong.push(`${name}: edge ${edge}`);
      const { height } = each.getBoundingClientRect();
      if (height < 24) wrong.push(`${name}: ${height} high`);
    }
    if (each.getBoundingClientRect().right > innerWidth) wrong.push(`${name}: too wide`);
  }
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) wrong.push(`scrolls sideways: ${scrollWidth}`);
  const field = document.activeElement;
  if (field.id !== "answer") wrong.push(`the focus is on ${field.localName}#${field.id}`);
  if (!field.labels?.[0]?.innerText) wrong.push("the field has no label");
  if (field.name || field.form?.action !== location.href) wrong.push("the field can be sent");
  const off = field.type === "password" ? "new-password" : "off";
  if (field.autocomplete !== off) wrong.push(`autocomplete: ${field.autocomplete}`);
  if (getComputedStyle(field).outlineStyle === "none") wrong.push("the focus is not seen");
  return wrong;
})();
