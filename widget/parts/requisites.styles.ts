/** The style sheet of values to copy: rows in one frame, the name small above the value and its button. */
import { css } from 'lit';

export const requisitesStyles = css`
  .requisites {
    margin: 0;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-group);
  }
  .requisite {
    padding: var(--_space-2) var(--_space-3);
  }
  .requisite + .requisite {
    border-block-start: 1px solid var(--_color-border);
  }
  .requisite dt {
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
  }
  .requisite dd {
    margin: 0;
  }
  .requisite .copy-row {
    flex-wrap: nowrap;
    justify-content: space-between;
    padding: 0;
    font-weight: var(--_font-weight-strong);
    font-size: 18px;
  }
  .requisite .copy-row .copy {
    flex: none;
    white-space: nowrap;
    font-size: var(--_font-size-small);
  }
`;
