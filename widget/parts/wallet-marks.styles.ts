/**
 * The style sheet of a wallet's tile where the merchant has no picture of the wallet: its first letter in a colour by which its
 * customers know it, on light and on dark grounds. A wallet that is not named here has the colours of the merchant.
 */
import { css } from 'lit';

export const walletMarkStyles = css`
  .wallet-mark:is(.bkash, .nagad, .easypaisa, .esewa_ml, .jazzcash_business, .kbzpay_manual, .khalti_ml, .sinpemovil) {
    background: var(--_tile);
    color: #ffffff;
  }
  .wallet-mark:is(.kbzpay_manual, .sinpemovil) {
    --_tile: #10529d;
  }
  .wallet-mark.bkash {
    --_tile: #c4125f;
  }
  .wallet-mark:is(.nagad, .jazzcash_business) {
    --_tile: #b3261e;
  }
  .wallet-mark:is(.easypaisa, .esewa_ml) {
    --_tile: #1d7a3a;
  }
  .wallet-mark.khalti_ml {
    --_tile: #5c2d91;
  }
  .wallet-mark.wavepay {
    background: #ffd60a;
    color: #123f86;
  }
`;
