/** The card frame: the form for a card as a page of the BFF's origin, so that the page around it can read nothing of it. */
import { allowedParents, onConnect } from '../../bridge/handshake.ts';
import { pageMessages } from '../plugin/page-messages.ts';
import { CardFrameElement } from './card-desk.ts';
import { serveCardFrame } from './serve-frame.ts';

// It is needed in any case: fetched while the page around greets and the payment is opened.
void import('../../methods/card/card-form.ts').catch(() => undefined);

document.title = pageMessages(navigator.language).title;
const place = document.querySelector<HTMLElement>('#card') ?? document.body;
const desk = new CardFrameElement();
desk.merchant = new URLSearchParams(location.search).get('merchant') ?? '';
onConnect(allowedParents(document), (port) => serveCardFrame(port, place, desk));
