/** Renders a screen by its name: head, body, and one line of reassurance at the foot. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentMethod, PaymentView } from '#contract';
import type { FirstMessages, ScreenName } from '../messages/first-messages.ts';
import type { Language } from '../messages/language.ts';
import { type FormTag, formFor, type OfferedMethod } from '../methods/choose-method.ts';
import type { FormAction, MethodForm, MethodFormProps } from '../methods/method-form.ts';
import { type ElementRef, elementRef } from '../parts/elements.ts';
import { type MethodRow, methodList } from '../parts/form.ts';
import { amount, icon, lock, merchantHeader, notice, renderLoadError, renderPlainScreen, skeleton } from '../parts/page.ts';
import type { LaterScreens } from './later-loader.ts';
import type { ScreenContext, ViewState } from './view-state.ts';
import '../methods/pay-code/pay-code-form.ts';

export interface ScreenInput extends ViewState, Omit<ScreenContext, 'view' | 'texts'>, Omit<EntryInput, keyof ViewState> {}

/** The input of the screen where the customer enters something. */
interface EntryInput extends Omit<MethodFormProps, 'action'> {
  /** One line about the circumstances; '' for none. */
  notice: string;
  offered: readonly OfferedMethod[];
  chosen: PaymentMethod | null;
  /** Points to the form while there is one, even while its code has not arrived. */
  formRef: ElementRef<MethodForm>;
  /** Null until the later screens are fetched. */
  later: LaterScreens | null;
  /** Forms whose code could not be fetched yet. */
  missed: ReadonlySet<FormTag>;
  onChoose(row: Pick<MethodRow, 'method' | 'wallet'>): void;
}

export const renderScreen = (input: ScreenInput) => {
  const { screen, language, view } = input;
  const foot = footText(screen, language, chosenMethod(input.offered, input.chosen)?.action.kind);
  return html`<div class="screen ${screen}">${renderBody(input)}</div>
    ${screen === 'enter' ? nothing : notice(input.notice)}
    <div class="foot">
      <div part="footer" class="footer">
        <slot name="footer">${foot ? html`${icon(lock)}<p>${foot}</p>` : nothing}</slot>
      </div>
      <pay-language-switch class="languages" hidden .view=${view} .language=${language}></pay-language-switch>
    </div>`;
};

/** The method that is shown: the chosen one, or the first. */
export const chosenMethod = (offered: readonly OfferedMethod[], chosen: PaymentMethod | null): OfferedMethod | undefined =>
  offered.find(({ method }) => method === chosen) ?? offered[0];

function renderBody({ screen: name, view, loadProblem, ...rest }: ScreenInput) {
  const { language, recheck, later } = rest;
  if (name === 'load_error' && loadProblem)
    return (later?.loadErrorScreen ?? renderLoadError)(loadProblem, language, recheck, rest.source);
  if (!view || name === 'loading' || name === 'load_error') return skeleton(language.texts);
  if (name === 'enter') return later?.stoppedScreen({ ...rest, view }) ?? renderEntry({ ...rest, view });
  if (!later || !language.whole) return html`${merchantHeader(view, language)}${renderPlainScreen(name, view, language)}`;
  return later.renderLater(name, { ...rest, view, texts: language.whole });
}

function footText(name: ScreenName, { texts, whole }: Language, kind?: FormAction['kind']): string {
  if (kind === 'enter_code' && name === 'enter') return texts.codeFoot;
  if (!whole) return '';
  // Choosing a wallet needs no reassurance, and the card form has its own foot.
  if (name === 'enter' && kind === 'send_sms') return whole.sms.foot;
  if (name === 'enter') return kind === 'transfer' || kind === 'confirm' ? whole.transfer.foot : '';
  if (name === 'paid') return whole.paidFoot;
  return name === 'checking' || name === 'review' ? whole.checkingFoot : '';
}

/** Who is paid, the amount, the methods where there are several, and the form of the chosen one. */
function renderEntry({ offered, chosen, onChoose, missed, later, formRef, notice: line, ...props }: EntryInput) {
  const offer = chosenMethod(offered, chosen);
  if (!offer) return nothing;
  const { view, language, disabled, busy, buttonless } = props;
  const { texts } = language;
  const rows = offered.flatMap((of) =>
    methodRows(of, of === offer, texts, view.brands, buttonless || offered.length + walletsOf(of).length < 3),
  );
  const tag = formFor(offer.action, props.source.apiBase, location.origin);
  const sum = html`<div class="sum">${amount(view.due, view.currency, language)}${timeLeft(offer, props)}</div>`;
  return html`${merchantHeader(view, language, sum)}
    ${notice(line)}
    <pay-discount hidden .context=${props}></pay-discount>
    ${rows.length > 1 ? methodList({ rows: later?.tellFault(rows, props) ?? rows, disabled: disabled || busy, texts, onChoose }) : nothing}
    ${forms[tag]({ ...props, action: offer.action }, formRef, later)}
    ${missed.has(tag) ? html`<p class="text">${language.texts.unreachable}</p>` : nothing}`;
}

const walletsOf = ({ action }: OfferedMethod) => (action.kind === 'choose_wallet' ? action.wallets : []);

/**
 * Each wallet is a method of its own. @param asRadio Not where the page has a button of its own, nor where there is nothing to choose.
 */
function methodRows(
  offer: OfferedMethod,
  chosen: boolean,
  texts: FirstMessages,
  brands: PaymentView['brands'],
  asRadio: boolean,
): MethodRow[] {
  const { method } = offer;
  const wallets = walletsOf(offer);
  const names = wallets.map(({ name }) => name).join(', ');
  const note = { pay_code: texts.codeFrom, wallet: names, card: 'Uzcard, Humo' }[method];
  if (asRadio || !wallets.length) return [{ method, name: texts.methods[method], note, chosen }];
  return wallets.map(({ walletType, name }) => ({
    method,
    name,
    note: '',
    chosen: false,
    wallet: walletType,
    logo: brands?.[walletType],
  }));
}

/** A countdown of more hours is no help, and looks like a number of something else. */
const countdownBelowMs = 2 * 3_600_000;

/** How long a transfer is waited for, beside the amount. */
function timeLeft({ action }: OfferedMethod, { view, language, now }: { view: PaymentView; language: Language; now(): number }) {
  const left = () => Date.parse(view.expiresAt) - now();
  const counts = action.kind === 'transfer' && view.status === 'awaiting_customer' && left() < countdownBelowMs;
  return counts && language.whole
    ? html`<pay-countdown part="countdown" class="countdown chip" .left=${left} .text=${language.whole.transfer.timeLeft}></pay-countdown>`
    : nothing;
}

type RenderForm = (context: MethodFormProps, form: ElementRef<MethodForm>, later: LaterScreens | null) => TemplateResult;

const forms: Record<FormTag, RenderForm> = {
  'pay-code-form': (context, form, later) =>
    html`<pay-code-form ${elementRef(form)} class="method-form" .context=${context} .moreTexts=${later?.codeProblemTexts}></pay-code-form>`,
  'pay-sms-form': (context, form) =>
    html`<pay-sms-form ${elementRef(form)} class="method-form" .context=${context}></pay-sms-form>`,
  'pay-wallet-form': (context, form) =>
    html`<pay-wallet-form ${elementRef(form)} class="method-form" .context=${context}></pay-wallet-form>`,
  'pay-card-form': (context, form) =>
    html`<pay-card-form ${elementRef(form)} class="method-form" .context=${context}></pay-card-form>`,
  'pay-card-frame': (context, form) =>
    html`<pay-card-frame ${elementRef(form)} class="method-form" .context=${context}></pay-card-frame>`,
};
