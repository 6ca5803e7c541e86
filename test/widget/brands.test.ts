/** The marks of brands: the merchant's own picture where there is one and it loads, a sign of ours otherwise. */
import { expect } from '@open-wc/testing';
import type { PaymentView } from '#contract';
import { CardHarness } from './support/card-harness.ts';
import { FakeBff } from './support/fake-bff.ts';
import { cardPayment, enterCard, savedCards, walletPayment, wallets } from './support/payment-view.ts';

/** One pixel as wide as high, so that it loads. */
const picture = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')}`;
const lost = 'data:image/png;base64,AAAA';

const open = (view: PaymentView) => CardHarness.open(new FakeBff(view));
const shown = ({ root }: CardHarness, selector: string) =>
  [...root.querySelectorAll<HTMLImageElement>(`${selector} img`)].filter((image) => image.offsetWidth > 0);
const isSeen = ({ root }: CardHarness, selector: string) => {
  const { width = 0, height = 0 } = root.querySelector(selector)?.getBoundingClientRect() ?? {};
  return width > 0 && height > 0;
};

describe('the marks of brands', () => {
  it('are those of the merchant on a card form: Payme at its foot, the systems in the field', async () => {
    const customer = await open(cardPayment({ brands: { payme: picture, uzcard: picture, humo: picture } }));
    await customer.until(() => shown(customer, '.payme-mark').length === 1, 'the mark of Payme');
    expect(isSeen(customer, '.payme-sign'), 'our own sign').to.be.false;
    expect(shown(customer, '.card-marks')).to.have.length.of.at.most(2);
    await customer.typeIn('card-number', '8600');
    await customer.until(() => shown(customer, '.card-marks').length === 1, 'the mark of Uzcard');
  });

  it('stand beside saved cards', async () => {
    const customer = await open(cardPayment({ brands: { humo: picture } }, { saved: savedCards }));
    await customer.until(() => shown(customer, '.card-row').length === 1, 'the mark of the card of Humo');
  });

  it('are ours where the picture does not load, or there is none', async () => {
    const customer = await open(cardPayment({ brands: { payme: lost, uzcard: lost } }));
    await customer.until(() => isSeen(customer, '.payme-sign'), 'our own sign');
    await customer.until(() => shown(customer, '.card-marks').length === 0, 'our own drawings');
    expect(isSeen(await open(cardPayment()), '.payme-sign')).to.be.true;
  });

  it('are named to screen readers alone, without a line of their own, where the list of methods names them', async () => {
    const customer = await open(
      cardPayment({
        methods: ['card', 'pay_code'],
        nextAction: { kind: 'choose', options: [enterCard(), { kind: 'enter_code' }] },
      }),
    );
    await customer.typeIn('card-number', '8600');
    expect(customer.under('card-number')).to.equal('Uzcard');
    expect(isSeen(customer, '#card-number-note')).to.be.false;
    await customer.press('Enter');
    await customer.until(() => isSeen(customer, '#card-number-note'), 'what is wrong with the number');
  });

  it('stand in the list of wallets, for the wallets that have one', async () => {
    const customer = await open(
      walletPayment({
        brands: { kbzpay_manual: picture },
        methods: ['wallet', 'pay_code'],
        nextAction: { kind: 'choose', options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }] },
      }),
    );
    await customer.until(() => shown(customer, '.wallet-mark').length === 1, 'the mark of KBZPay');
    const [image] = shown(customer, '.wallet-mark');
    expect(image?.closest('.method')?.textContent).to.contain('KBZPay');
    expect(image?.alt, 'its name stands beside it').to.equal('');
  });
});
