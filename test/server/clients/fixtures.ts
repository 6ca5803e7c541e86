/** The examples of the PayCodes documents, as JSON. Source: server/clients/paycodes/README.md, "Methods and fields". */
export const pattern = { pattern: 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789', id: 8, slug: 'alfanumeryczne' };

export const rule = {
  code_duration: 1024,
  sap_id: 300481,
  application_id: 20658,
  description: 'testowa',
  price: 123456,
  prod_subcat_id: 1,
  prod_id: 1,
  is_active: true,
  code_expiration: 360,
  channel_id: 5935,
  id: 3,
  pattern_slug: 'alfanumeryczne',
  code_lenght: 6,
  merchant_id: 1,
  slug: 'test',
  config: { test: 'test' },
  prod_cat_id: 1,
  code_duration_date: '2014-07-24 18:23:30.586785+02',
};

export const code = {
  code: 'CLJG1J',
  gen_time: '2014-07-24 18:23:30.586785+02',
  id: 4065441,
  creator: 'pskrzynski2',
  end_time: '2014-07-24 18:23:30.586785+02',
  start_time: '2014-07-24 18:23:30.586785+02',
  rule_slug: 'test',
  use_time: null,
  is_active: true,
  client: null,
};

export const getCode = { code, pattern, rule };

export const generateCode = { code: 'CLJG1J', pattern, rule: { ...rule, code_duration_date: null } };

/** Four were requested; the documents name one of them twice. */
export const generateCodeList = { codes: ['CLJG1J5', 'CLJG13J', 'CLJG11J', 'CLJG13J'] };
