/** The style sheet of the marks of card systems and of Payme: the merchant's file of a mark, or our own drawing. */
import { css } from 'lit';

export const cardMarkStyles = css`
  .card-mark {
    position: relative;
    flex: none;
    inline-size: 32px;
    block-size: 21px;
  }
  .card-mark svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .card-mark img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 4px;
    background: var(--_color-surface);
    object-fit: contain;
  }
  .payme-mark {
    display: flex;
  }
  .payme-mark img {
    max-inline-size: 96px;
    block-size: 20px;
  }
  .payme-mark img:not([hidden]) + svg {
    display: none;
  }
  .card-marks {
    display: flex;
    gap: 6px;
    justify-self: end;
    margin-inline-end: var(--_space-3);
    pointer-events: none;
  }
  .card-marks:has(+ .paste) {
    margin-inline-end: 52px;
  }
  /* The shape of a number and the paste button need the whole field. */
  @container (width < 346px) {
    .card-marks > :not(:only-child) {
      display: none;
    }
  }
  .card-mark svg,
  .payme-sign {
    flex: none;
    fill: none;
    stroke: var(--_color-border-strong);
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  /* Each system in a colour of its own, with a white letter, on a light and on a dark ground. */
  .card-mark [data-system] {
    fill: #1b5496;
    stroke: #ffffff;
    stroke-width: 2.6;
  }
  .card-mark [data-system='humo'] {
    fill: #8c5f0b;
  }
  .card-mark [data-system] rect {
    stroke: none;
  }
  .card-mark path {
    fill: none;
  }
  .payme-sign {
    inline-size: 20px;
    block-size: 20px;
    fill: #0a7a80;
    stroke: #ffffff;
    stroke-width: 2.2;
  }
  .payme-sign rect {
    stroke: none;
  }
  .payme-sign path {
    fill: none;
  }
`;
