/**
 * `npm run simulators`: starts the three simulators alone, for a BFF of your own, which refuses the keys of the demo. It prints their
 * addresses and keys as variables of the BFF. Keys that these variables name already are used; others are drawn.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createPayCodesSimulator } from './paycodes/simulator.ts';
import { createPaykassmaSimulator } from './paykassma/simulator.ts';
import { createPaymeSimulator } from './payme/simulator.ts';

interface Options {
  /** PayCodes gets this port, Paykassma and Payme the next two. 0: any free ports. */
  portBase: number;
  /** The id of the BFF's merchant. */
  merchant: string;
  /** The origin of the BFF, where Paykassma's postbacks are sent to. */
  bff: string;
}

try {
  await start(readOptions());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      'port-base': { type: 'string', default: '4411' },
      merchant: { type: 'string', default: 'shop' },
      bff: { type: 'string', default: 'http://127.0.0.1:4400' },
    },
  });
  const portBase = Number(values['port-base']);
  if (!Number.isInteger(portBase) || portBase < 0 || portBase > 65_533) {
    throw new Error('--port-base: expected a whole number from 1 to 65533, or 0 for any free ports.');
  }
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(values.merchant)) throw new Error('--merchant: expected up to 40 of a-z, 0-9, _ and -.');
  if (!URL.canParse(values.bff)) throw new Error('--bff: expected the origin of the BFF, e.g. http://127.0.0.1:4400.');
  return { portBase, merchant: values.merchant, bff: new URL(values.bff).origin };
}

async function start({ portBase, merchant, bff }: Options): Promise<void> {
  // As `pay-desk init` names them.
  const prefix = merchant.toUpperCase().replaceAll('-', '_');
  const given = (name: string, otherwise: () => string) => process.env[`${prefix}_${name}`] || otherwise();
  const key = () => randomBytes(18).toString('hex');
  const port = (offset: number) => (portBase === 0 ? 0 : portBase + offset);

  const paycodes = await createPayCodesSimulator({ port: port(0), key: given('PAYCODES_KEY', key) });
  const paykassma = await createPaykassmaSimulator({
    port: port(1),
    keys: {
      secret: given('PAYKASSMA_SECRET', key),
      accessKey: given('PAYKASSMA_ACCESS_KEY', key),
      privateKey: given('PAYKASSMA_PRIVATE_KEY', key),
    },
    postbacks: { url: `${bff}/postbacks/paykassma/${merchant}` },
  });
  const cashbox = {
    id: given('PAYME_CASHBOX_ID', () => randomBytes(12).toString('hex')),
    key: given('PAYME_KEY', key),
  };
  const payme = await createPaymeSimulator({ port: port(2), cashbox });
  // Before it is announced that they can be stopped: who reads that may stop them at once.
  const stop = async () => {
    await Promise.all([paycodes, paykassma, payme].map((simulator) => simulator.close()));
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  console.log(`# Variables of the BFF:
${prefix}_PAYCODES_URL=${paycodes.url}
${prefix}_PAYCODES_KEY=${paycodes.key}
${prefix}_PAYKASSMA_URL=${paykassma.url}
${prefix}_PAYKASSMA_SECRET=${paykassma.keys.secret}
${prefix}_PAYKASSMA_ACCESS_KEY=${paykassma.keys.accessKey}
${prefix}_PAYKASSMA_PRIVATE_KEY=${paykassma.keys.privateKey}
${prefix}_PAYME_CASHBOX_ID=${cashbox.id}
${prefix}_PAYME_KEY=${cashbox.key}
# In the merchants file, methods.card.url: ${payme.url}
# Postbacks go to ${bff}/postbacks/paykassma/${merchant}. What really happened: /_/ledger of each. Ctrl-C stops them.`);
}
