/** The QA page: every embedding, every code, every fault, and a log of what each part of the house did. */
import './page/app.ts';
