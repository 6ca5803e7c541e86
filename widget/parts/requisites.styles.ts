/** The style sheet of values to copy: rows in one frame, the name small above the value, the button beside both lines. */
import { css } from 'lit';

export const requisitesStyles = css`
  .requisites {
    margin: 0;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-group);
  }
  .requisite {
    position: relative;
    display: grid;
    align-content: center;
    box-sizing: border-box;
    min-block-size: 64px;
    padding: var(--_space-2) var(--_space-4);
    padding-inline-end: 64px;
  }
  .requisite + .requisite {
    border-block-start: 1px solid var(--_color-border);
  }
  .requisite dt {
    color: var(--_color-text-muted);
    font-size: 13px;
    line-height: calc(var(--_line) - 0.1);
  }
  .requisite dd {
    margin: 0;
  }
  .requisite .copy-row {
    justify-content: start;
    font-weight: var(--_font-weight-strong);
    font-size: 18px;
    line-height: 1.35;
  }
  .requisite .copy {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 10px;
    block-size: 44px;
    margin-block: auto;
    background: var(--_color-accent-soft);
  }
  .requisite .copied {
    inset-block: 8px;
    inset-inline-end: 54px;
    padding-inline: 12px 8px;
    background: var(--_color-surface);
  }
  @container (width < 260px) {
    .requisite {
      padding-inline-end: var(--_space-4);
    }
    .requisite .copy-row {
      flex-wrap: wrap;
    }
    .requisite .copy {
      position: static;
      margin: 0;
    }
  }
`;
