import { errorCodes } from '../artifact-deploy.mjs';

export default {
  error_codes: () => errorCodes(),
};
