/** Spanish as. */
import type { PageMessages } from '../messages.ts';

export const page: PageMessages = {
  title: 'Pago',
  missingTitle: 'Este enlace de pago está incompleto',
  missingText: 'Abrirlo no le cobró nada. Vuelva a la tienda y abra el pago de nuevo desde ahí.',
  secure: 'Pago seguro',
  opening: 'Abriendo su pago…',
  expiredTitle: 'Este enlace de pago venció',
  expiredText:
    'Abrirlo no le cobró nada. Pida un enlace nuevo en la tienda. Si ya pagó, no pague otra vez: consulte con la tienda.',
  brokenTitle: 'Este enlace de pago no funciona',
  brokenText:
    'Abrirlo no le cobró nada. Puede que se haya cortado o cambiado en el camino. Abra el pago de nuevo desde la tienda.',
  refusedTitle: 'Este pedido no se puede pagar con este enlace',
  refusedText:
    'Abrirlo no le cobró nada. Puede que el pedido haya cambiado. Si ya pagó, no pague otra vez: consulte con la tienda.',
  laterTitle: 'En este momento no podemos abrir este pago',
  laterText: 'Abrirlo no cobra nada. Revise su internet e intente de nuevo en un momento.',
  tryAgain: 'Intentar de nuevo',
};
