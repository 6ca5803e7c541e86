/** The card frame: the form for a card as a page of the BFF's origin, so that the page around it can read nothing of it. */
import { readParents, whenGreeted } from '../../bridge/handshake.ts';
import { pageMessages } from '../plugin/page-messages.ts';
import { CardDesk } from './card-desk.ts';
import { serveDesk } from './serve-frame.ts';

// It is needed in any case: fetched while the page around greets and the payment is opened.
void import('../../methods/card/card-form.ts').catch(() => undefined);

document.title = pageMessages(navigator.language).title;
const place = document.querySelector<HTMLElement>('#card') ?? document.body;
const desk = new CardDesk();
desk.merchant = new URLSearchParams(location.search).get('merchant') ?? '';
whenGreeted(readParents(document), (port) => serveDesk(port, place, desk));
