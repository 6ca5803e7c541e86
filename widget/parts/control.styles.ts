/** Buttons, links that look like buttons, fields and radios: sizes for thumbs, a focus that is always seen. */
import { css } from 'lit';

export const controlStyles = css`
  .panel {
    display: grid;
    gap: var(--_space-4);
  }
  .field {
    display: grid;
    gap: var(--_space-2);
  }
  .label {
    font-weight: var(--_font-weight-strong);
    font-size: var(--_font-size-small);
    justify-self: start;
  }
  .input {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--_control-height);
    margin: 0;
    padding: 0 var(--_space-4);
    border: 1px solid var(--_color-border-strong);
    border-radius: var(--_radius-control);
    background: var(--_color-surface);
    color: var(--_color-text);
    font: inherit;
    font-size: 18px;
    font-variant-numeric: tabular-nums;
    letter-spacing: var(--_code-tracking);
    text-transform: uppercase;
    text-align: start;
    appearance: none;
    transition: border-color var(--_motion-duration) var(--_motion-easing), box-shadow var(--_motion-duration) var(--_motion-easing);
  }
  .input[aria-invalid='true'] {
    border-color: var(--_color-danger);
  }
  .input:disabled {
    background: var(--_color-sunken);
    color: var(--_color-text-muted);
    opacity: 1;
  }
  .input:focus-visible {
    /* Transparent, yet drawn where the system sets the colours and drops shadows. */
    outline: 2px solid transparent;
    border-color: var(--_color-accent);
    box-shadow: 0 0 0 1px var(--_color-accent), 0 0 0 calc(1px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  .input[aria-invalid='true']:focus-visible {
    border-color: var(--_color-danger);
    box-shadow: 0 0 0 1px var(--_color-danger), 0 0 0 calc(1px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  .note {
    display: flex;
    gap: var(--_space-2);
    /* Room for two lines: an error takes the place of the hint without moving the button. */
    min-block-size: calc(2 * 1em * var(--_line));
    color: var(--_color-text-muted);
    font-size: var(--_font-size-small);
  }
  .note.error {
    color: var(--_color-danger);
  }
  .note .icon {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin-block-start: calc((1em * var(--_line) - 18px) / 2);
  }
  .submit,
  .secondary,
  .copy {
    box-sizing: border-box;
    display: grid;
    place-items: center;
    margin: 0;
    border: 1px solid transparent;
    border-radius: var(--_radius-control);
    font: inherit;
    font-weight: var(--_font-weight-strong);
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition: filter var(--_motion-duration) var(--_motion-easing), opacity var(--_motion-duration) var(--_motion-easing);
  }
  .submit {
    inline-size: 100%;
    min-block-size: var(--_control-height);
    padding: var(--_space-2) var(--_space-4);
    background: var(--_color-accent);
    color: var(--_color-on-accent);
  }
  .secondary {
    inline-size: 100%;
    min-block-size: var(--_control-height-secondary);
    padding: var(--_space-2) var(--_space-4);
    background: none;
    color: var(--_color-accent);
  }
  .copy {
    flex: none;
    min-inline-size: 64px;
    min-block-size: var(--_control-height-secondary);
    padding: 0 var(--_space-3);
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
    font-size: var(--_font-size-small);
  }
  .submit:disabled {
    background: var(--_color-sunken);
    border-color: var(--_color-border);
    color: var(--_color-text-muted);
    cursor: default;
  }
  .submit[aria-disabled='true'] {
    cursor: progress;
  }
  @media (hover: hover) {
    .submit:hover:not(:disabled),
    .copy:hover {
      filter: brightness(1.08);
    }
    .secondary:hover {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
  }
  .submit:focus-visible,
  .secondary:focus-visible,
  .copy:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
    box-shadow: 0 0 0 calc(4px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  .idle,
  .working {
    grid-area: 1 / 1;
  }
  .working {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
    visibility: hidden;
    opacity: 0;
  }
  [data-busy='true'] .working {
    visibility: visible;
    animation: show var(--_motion-duration) var(--_motion-easing) 300ms forwards;
  }
  [data-busy='true'] .idle {
    animation: show var(--_motion-duration) var(--_motion-easing) 300ms reverse backwards, hide 0s 300ms forwards;
  }
  .methods {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_color-border);
    border-radius: var(--_radius-group);
    overflow: hidden;
  }
  .method {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    min-block-size: var(--_control-height);
    padding: 0 var(--_space-4);
    font-weight: var(--_font-weight-strong);
    cursor: pointer;
  }
  .method + .method {
    border-block-start: 1px solid var(--_color-border);
  }
  .method:has(:checked) {
    background: var(--_color-accent-soft);
  }
  .method:focus-within {
    box-shadow: inset 0 0 0 2px var(--_color-accent);
  }
  .method:first-of-type {
    border-radius: calc(var(--_radius-group) - 1px) calc(var(--_radius-group) - 1px) 0 0;
  }
  .method:last-of-type {
    border-radius: 0 0 calc(var(--_radius-group) - 1px) calc(var(--_radius-group) - 1px);
  }
  .method input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    accent-color: var(--_color-accent);
  }
  .method span {
    flex: 1;
  }
  .method .icon {
    color: var(--_color-text-muted);
  }
  @keyframes show {
    from {
      opacity: 0;
    }
    to {
      opacity: 1;
    }
  }
  @keyframes hide {
    to {
      visibility: hidden;
    }
  }
`;
