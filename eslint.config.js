import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", ".venv-odoo/", ".odoo/", "node_modules/", "addons/**/static/lib/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: ["error", "always"],
      "no-console": "error",
      "no-implicit-coercion": "error",
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["kkt_adapter/app/static/**/*.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    // Odoo's bundles are modules of a browser page with these libraries on it.
    files: ["addons/**/*.js"],
    languageOptions: {
      globals: {
        ...globals.browser,
        $: "readonly",
        luxon: "readonly",
        odoo: "readonly",
        owl: "readonly",
      },
    },
  },
  {
    files: ["tests/**/*.js", "*.config.js"],
    languageOptions: { globals: globals.node },
  },
];
