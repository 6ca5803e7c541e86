/** Spanish. */
import type { PageMessages } from '../messages.ts';

export const page: PageMessages = {
  title: 'Pago',
  missingTitle: 'Este enlace de pago está incompleto',
  missingText: 'No se le cobró nada por abrirlo. Vuelva a la tienda y abra el pago de nuevo desde ahí.',
  secure: 'Pago seguro',
  expiredTitle: 'Este enlace de pago venció',
  expiredText:
    'No se le cobró nada por abrirlo. Pida un enlace nuevo en la tienda. Si ya pagó, no pague otra vez: consulte con la tienda.',
  brokenTitle: 'Este enlace de pago no funciona',
  brokenText:
    'No se le cobró nada por abrirlo. Puede que se haya cortado o cambiado en el camino. Abra el pago de nuevo desde la tienda.',
  refusedTitle: 'Este pedido no se puede pagar con este enlace',
  refusedText:
    'No se le cobró nada por abrirlo. Puede que el pedido haya cambiado. Si ya pagó, no pague otra vez: consulte con la tienda.',
  laterTitle: 'En este momento no podemos abrir este pago',
  laterText: 'Abrirlo no genera ningún cobro. Revise su internet e intente de nuevo en un momento.',
  tryAgain: 'Intentar de nuevo',
};
