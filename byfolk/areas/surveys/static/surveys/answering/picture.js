// The code of one's ballot as a picture to keep. It is drawn here, and sent nowhere.
const [WIDE, HIGH, EDGE] = [1080, 720, 72];

// A canvas writes no text over several lines by itself.
const write = (on, text, top, font) => {
  on.font = font;
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && on.measureText(longer).width > WIDE - 2 * EDGE) {
      on.fillText(line, EDGE, top);
      [line, top] = [word, top + 52];
    } else line = longer;
  }
  on.fillText(line, EDGE, top);
  return top;
};

// `title`: of the survey; `about`: what the code is for. Black on white: it is kept among other pictures, and printed.
export const savePicture = async ({ title, code, about, name }) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDE, height: HIGH });
  const on = canvas.getContext("2d");
  on.fillStyle = "#fff";
  on.fillRect(0, 0, WIDE, HIGH);
  on.fillStyle = "#000";
  const { fontFamily } = getComputedStyle(document.body);
  const under = write(on, title, 120, `600 44px ${fontFamily}`);
  on.font = "600 84px ui-monospace, monospace";
  on.fillText(code, EDGE, under + 150, WIDE - 2 * EDGE);
  write(on, about, under + 260, `36px ${fontFamily}`);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(drawn), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
