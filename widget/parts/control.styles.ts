/** Style sheets of buttons, fields and radios, sized for thumbs and with a visible focus; and of the loading skeleton. */
import { css } from 'lit';

export const controlStyles = css`
  .panel {
    display: grid;
    gap: var(--_space-4);
  }
  .field {
    display: grid;
    justify-items: start;
    gap: var(--_space-2);
  }
  .input,
  .submit,
  .secondary,
  .copy {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--_control-height);
    margin: 0;
    padding: var(--_space-1) var(--_space-4);
    border: 1px solid transparent;
    border-radius: var(--_radius-control);
    font: inherit;
    transition: var(--_motion-duration) var(--_motion-easing);
    transition-property: border-color, box-shadow, filter;
  }
  .input {
    border-color: var(--_color-border-strong);
    background: var(--_color-surface);
    color: var(--_color-text);
    font-size: 18px;
    letter-spacing: var(--_code-tracking);
    text-transform: uppercase;
    appearance: none;
  }
  .input[aria-invalid='true'] {
    --_color-accent: var(--_color-danger);
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
  .note {
    display: flex;
    gap: var(--_space-2);
    /* Space for two lines: an error takes the place of the hint without moving the button. */
    min-block-size: calc(2em * var(--_line));
  }
  .error {
    color: var(--_color-danger);
  }
  .note .icon {
    margin-block-start: 0.1em;
  }
  .submit,
  .secondary,
  .copy {
    display: grid;
    place-items: center;
    font-weight: var(--_font-weight-strong);
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
  }
  .submit {
    background: var(--_color-accent);
    color: var(--_color-on-accent);
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
    .submit:hover:enabled,
    a.submit:hover {
      filter: brightness(1.08);
    }
  }
  .submit:focus-visible,
  .secondary:focus-visible,
  .copy:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
    box-shadow: 0 0 0 calc(4px + var(--_focus-ring-width)) var(--_color-focus-ring);
  }
  .submit span {
    grid-area: 1 / 1;
  }
  .submit .working {
    display: flex;
    align-items: center;
    gap: var(--_space-2);
  }
  [data-busy='false'] .working,
  [data-busy='true'] .idle {
    visibility: hidden;
  }
  /* A quick answer should not flicker: the button changes its words only after a moment. */
  [data-busy='true'] span {
    transition: visibility 0s 300ms;
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
    padding-inline: var(--_space-4);
    font-weight: var(--_font-weight-strong);
    cursor: pointer;
  }
  .method + .method {
    border-block-start: 1px solid var(--_color-border);
  }
  .method:has(:checked) {
    background: var(--_color-accent-soft);
  }
  .method input {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    border: 2px solid var(--_color-border-strong);
    border-radius: 50%;
    background: var(--_color-surface);
    appearance: none;
  }
  .method input:checked {
    border: 7px solid var(--_color-accent);
  }
  .method input:focus-visible {
    outline: 2px solid var(--_color-accent);
    outline-offset: 2px;
  }
  .warning {
    padding: var(--_space-2) var(--_space-4);
  }
  .spinner {
    box-sizing: border-box;
    inline-size: 20px;
    block-size: 20px;
    border: 2px solid;
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  pay-copy-row:not(:defined)::before {
    content: attr(data-value);
  }
`;

/** The grey bones of a payment that is still on its way. They breathe, slowly, where motion is welcome. */
export const skeletonStyles = css`
  .bone.bone {
    border-color: transparent;
    border-radius: var(--_radius-control);
    background: var(--_color-border);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .amount .bone {
    display: block;
  }
  .who.bone,
  .amount .bone {
    inline-size: 40%;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;
