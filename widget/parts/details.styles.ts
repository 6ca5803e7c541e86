/** The style sheet of rows of names and values: a receipt, or what support needs to know; and of a value with its copy button. */
import { css } from 'lit';

export const detailsStyles = css`
  .details {
    margin: 0;
    padding: 0 var(--_space-3);
    border-radius: var(--_radius-group);
  }
  /* A narrow screen has no room for a panel. */
  @container (width < 300px) {
    .details {
      padding: 0;
      border-block: 1px solid var(--_color-border);
      border-radius: 0;
      background: none;
    }
    /* A name is not broken for its value: where both do not fit beside each other, the value stands below. */
    .details > div {
      flex-wrap: wrap;
    }
    .details > div > dt {
      max-inline-size: 100%;
    }
    .details > div > dd {
      margin-inline-start: auto;
    }
  }
  .details > div,
  .copy-row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-1) var(--_space-3);
  }
  .details > div {
    min-block-size: 28px;
    padding-block: var(--_space-2);
  }
  .details > div + div {
    border-block-start: 1px solid var(--_color-border);
  }
  .details > div:has(.copy-row) {
    flex-wrap: wrap;
    padding-block: var(--_space-1);
  }
  .copy-row {
    flex-wrap: wrap;
    justify-content: end;
    column-gap: var(--_space-1);
  }
  /* The sign stands at the end of the row, and the target stays within it. */
  .details .copy {
    place-items: center end;
    padding-inline-end: 0;
  }
  /* For a moment the word stands beside the tick, over the end of the value, so that nothing moves. */
  .details > div:has(.copy-row) {
    position: relative;
  }
  .copied {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 28px;
    display: grid;
    align-items: center;
    color: var(--_color-accent);
    font-size: 13px;
    font-weight: var(--_font-weight-strong);
    white-space: nowrap;
    pointer-events: none;
  }
  .details [data-copied] .copy-value {
    visibility: hidden;
  }
  /* A tile would touch the value. */
  .details .copy:hover {
    background: none;
  }
  /* A name stays on one line while it fits; the value beside it wraps. */
  .details dt {
    flex: 0 1 auto;
    max-inline-size: 60%;
  }
  .details dd {
    flex-shrink: 1000;
    margin: 0;
    color: var(--_color-text);
    font-weight: var(--_font-weight-strong);
    text-align: end;
  }
  /* The reference of an error stands below what the customer can do. */
  .submit ~ .details {
    padding: 0;
    border: 0;
    background: none;
  }
  .submit ~ .details dd {
    color: inherit;
    font-weight: inherit;
  }
`;
