/** The style sheet of a QR code with the words beside it. */
import { css } from 'lit';

export const qrStyles = css`
  .qr {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space-3) var(--_space-4);
    min-block-size: 168px;
    margin: 0;
  }
  .qr-picture {
    flex: none;
    inline-size: 168px;
    block-size: 168px;
    border-radius: var(--_radius-control);
    /* The quiet zone is as light as the background: without an edge the code would seem to be indented. */
    box-shadow: 0 0 0 1px var(--_color-border);
    /* Light in the dark theme too: cameras look for dark modules on a light background. */
    forced-color-adjust: none;
  }
  .qr .text {
    flex: 1 1 7em;
  }
`;
