/** The list of wallets: complete, and consistent with the examples in Paykassma's documentation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WalletSettings } from '../../../../server/methods/wallet/account.ts';
import { transferClaimKey } from '../../../../server/methods/wallet/postback-items.ts';
import { redirectWalletTypes, wallets } from '../../../../server/methods/wallet/wallets.ts';

const upi = ['upi_l', 'upi_ib', 'upi_hb', 'upi_in', 'upi_w', 'upi_m'];

test('every wallet that needs no redirect is listed, under its own name', () => {
  const expected = ['wavepay', 'nagad', 'bkash', 'easypaisa', 'jazzcash_business', ...upi, 'sinpemovil'];
  const families = { activate: expected, manual: ['kbzpay_manual', 'khalti_ml', 'esewa_ml', 'bnb_ml'] };
  for (const [family, names] of Object.entries(families)) {
    const found = [...wallets.values()].filter((wallet) => wallet.family === family);
    assert.deepEqual(
      found.map(({ walletType }) => walletType),
      names,
    );
    assert.ok(found.every(({ screenshot }) => screenshot === (family === 'manual')));
  }
  assert.ok([...redirectWalletTypes].every((name) => !wallets.has(name)));
});

test('a merchants file with an unknown wallet is refused with the names that there are', () => {
  const keys = { url: 'https://api.example', secret: 's', accessKey: 'a', privateKey: 'p' };
  const { error } = WalletSettings.safeParse({ ...keys, wallets: ['wave'] });
  assert.equal(error?.issues[0]?.message, `expected one of ${[...wallets.keys()].join(', ')}`);
  assert.ok(WalletSettings.safeParse({ ...keys, wallets: ['wavepay'] }).success);
});

test('currencies are those of the wallets’ countries', () => {
  const named: Record<string, string[]> = {};
  for (const { currency, walletType } of wallets.values()) {
    named[currency] = [...(named[currency] ?? []), walletType];
  }
  assert.deepEqual(named, {
    MMK: ['wavepay', 'kbzpay_manual'],
    BDT: ['nagad', 'bkash'],
    PKR: ['easypaisa', 'jazzcash_business'],
    INR: upi,
    CRC: ['sinpemovil'],
    NPR: ['khalti_ml', 'esewa_ml'],
    BTN: ['bnb_ml'],
  });
});

test('numbers like the documented examples are accepted, longer ones and other characters are not', () => {
  const fits = (walletType: string, number: string) => {
    const { pattern, maxLength } = wallets.get(walletType)?.number ?? assert.fail(walletType);
    return number.length <= maxLength && (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(number));
  };
  for (const [walletType, number] of [
    ['wavepay', '1394646476'],
    ['wavepay', '00946464760'],
    ['easypaisa', '03919394039'],
    ['upi_l', '212345678901'],
    ['khalti_ml', 'aB3456789012345678901234'],
    ['nagad', '7CKX2QW9AB'],
    ['sinpemovil', '2024052515283010112345678'],
  ] as const) {
    assert.ok(fits(walletType, number), `${walletType} ${number}`);
  }
  for (const [walletType, number] of [
    ['wavepay', ''],
    ['wavepay', '139464647612'],
    ['wavepay', '1394 64647'],
    ['easypaisa', '0391939403'],
    ['upi_m', '21234567890A'],
    ['khalti_ml', 'short'],
    ['nagad', '7'.repeat(191)],
  ] as const) {
    assert.ok(!fits(walletType, number), `${walletType} ${number}`);
  }
});

test('a number is claimed in the case that its wallet distinguishes', () => {
  const same = (wallet: string, one: string, other: string) => transferClaimKey(wallet, one) === transferClaimKey(wallet, other);
  for (const wallet of ['wavepay', 'bkash', 'nagad', 'a_wallet_of_tomorrow']) assert.ok(same(wallet, 'ab12cd', 'AB12CD'), wallet);
  assert.ok(!same('khalti_ml', 'aB3456789012345678901234', 'AB3456789012345678901234'));
  assert.deepEqual(
    [...wallets.values()].filter(({ number }) => number.mixedCase).map(({ walletType }) => walletType),
    ['khalti_ml'],
  );
});
