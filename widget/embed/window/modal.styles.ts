/**
 * The style sheet of the dialog: a card on a wide screen, the whole screen on a phone. It is adopted, so a strict CSP needs no
 * exception.
 */

const text = `
  dialog {
    all: initial;
    display: block;
    position: fixed;
    inset: 0;
    box-sizing: border-box;
    inline-size: min(440px, 100vw - 32px);
    max-inline-size: none;
    max-block-size: calc(100dvh - 32px);
    margin: auto;
    padding: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    border: 0;
    border-radius: 20px;
    background: var(--ground);
    color: var(--ink);
    box-shadow: 0 24px 64px rgb(0 0 0 / 0.32);
    font: 16px/1.45 system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Myanmar", "Myanmar Text", sans-serif;
    color-scheme: light;
    --ground: #fff;
    --ink: #12211d;
    --line: #84938d;
    --focus: #0a6a56;
  }
  dialog:is(:lang(my), :lang(bn), :lang(hi), :lang(ne)) { line-height: 1.7; }
  dialog:lang(ur) { font-family: "Noto Nastaliq Urdu", "Urdu Typesetting", system-ui, sans-serif; line-height: 2.3; }
  dialog::backdrop { background: rgb(8 16 13 / 0.56); }
  dialog[data-theme="dark"] { color-scheme: dark; --ground: #151d1a; --ink: #eaf1ee; --line: #71827b; --focus: #4fcfab; }
  @media (prefers-color-scheme: dark) {
    dialog[data-theme="auto"] { color-scheme: dark; --ground: #151d1a; --ink: #eaf1ee; --line: #71827b; --focus: #4fcfab; }
  }
  button {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    /* Beside the head of the window, which leaves room for it: a row of its own would push everything down. */
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-block-end: -44px;
    margin-inline: auto 8px;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: var(--ground);
    color: inherit;
    translate: 0 8px;
    cursor: pointer;
  }
  button:focus-visible { outline: 3px solid var(--focus); outline-offset: -3px; }
  svg { inline-size: 20px; block-size: 20px; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; }
  p { margin: 0; padding: 16px 60px 20px 20px; }
  p[data-waiting] { block-size: 3px; margin: 28px 64px -31px 20px; padding: 0; border-radius: 2px; background: var(--line); opacity: 0.5; }
  @media (prefers-reduced-motion: no-preference) {
    p[data-waiting] { animation: wait 1.2s ease-in-out infinite alternate; }
    dialog[open] { animation: come 160ms ease-out; }
    dialog[open]::backdrop { animation: wait-in 160ms ease-out; }
  }
  @keyframes wait { from { opacity: 0.15; } to { opacity: 0.6; } }
  @keyframes wait-in { from { opacity: 0; } }
  @keyframes come { from { opacity: 0; translate: 0 12px; } }
  @media (max-width: 479px) {
    dialog { inline-size: 100vw; block-size: 100dvh; max-block-size: none; border-radius: 0; }
  }
  @media (forced-colors: active) {
    dialog { border: 1px solid CanvasText; }
    button { border: 1px solid ButtonText; }
  }
`;

/** Made when the first dialog is: a server that imports this has no style sheets. */
export const modalStyles = (): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};
