/** The style sheet of the SMS form. */
import { css } from 'lit';
import { qrStyles } from '../../parts/qr.styles.ts';
import { requisitesStyles } from '../../parts/requisites.styles.ts';

export const smsStyles = css`
  ${qrStyles}
  ${requisitesStyles}
  pay-sms-form {
    display: block;
  }
  pay-sms-form .title {
    text-align: start;
  }
  .title.numbered,
  .panel:has(.numbered) .field .label {
    display: flex;
    align-items: center;
    gap: 10px;
    font-size: var(--_font-size);
    line-height: var(--_line);
  }
  .title.numbered::before,
  .panel:has(.numbered) .field .label::before {
    flex: none;
    inline-size: 24px;
    border-radius: 50%;
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
    content: '1';
    font-size: 13px;
    line-height: 24px;
    text-align: center;
  }
  .panel:has(.numbered) .field .label::before {
    content: '2';
  }
  .requisite .price {
    font-size: 18px;
    font-weight: var(--_font-weight-strong);
    line-height: 1.35;
  }
  .submit.quiet:enabled {
    background: var(--_color-accent-soft);
    color: var(--_color-accent);
  }
  .requisite .copy-value {
    /* Spaces are part of the text to send. */
    white-space: pre-wrap;
  }
  .qr .text,
  .waiting .text,
  .no-code .text {
    text-wrap: pretty;
  }
  .waiting,
  .leave,
  .no-code {
    display: grid;
    gap: var(--_space-1);
  }
  .waiting,
  .no-code {
    padding: var(--_space-3) var(--_space-4);
    border-radius: var(--_radius-group);
    background: var(--_color-sunken);
  }
  .waits {
    display: flex;
    align-items: center;
    gap: var(--_space-3);
    font-weight: var(--_font-weight-strong);
  }
  .waiting:not(:has(.waits)) {
    padding-block: 0;
    background: none;
  }
  .waiting:not(:has(.waits)) .countdown {
    text-align: center;
  }
  .waits .spinner {
    flex: none;
    color: var(--_color-accent);
  }
  .waiting .countdown {
    text-align: start;
  }
  .waiting .text,
  .leave .text,
  .no-code .text {
    font-size: var(--_font-size-small);
  }
  .leave .text {
    text-align: center;
  }
  .secondary.open {
    border-color: var(--_color-border-strong);
  }
  /* One line, as a done step of a list. */
  .done {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
    padding-inline-start: var(--_space-4);
    border-radius: var(--_radius-group);
    background: var(--_color-sunken);
  }
  .done .title {
    padding-block: var(--_space-2);
    font-size: var(--_font-size);
    line-height: var(--_line);
  }
  .secondary.fold {
    flex: none;
    inline-size: auto;
    min-block-size: 52px;
    font-size: var(--_font-size-small);
  }
  .secondary.sent {
    border-color: var(--_color-border-strong);
  }
`;
