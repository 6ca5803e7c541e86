/** The QA page: every embedding, every code, every fault, and a log of what each part of Pay Desk did. */
import './page/app.ts';
