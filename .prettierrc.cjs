// OCA's format for Odoo 19; the widths of indentation are in .editorconfig.
module.exports = {
    plugins: [require.resolve("@prettier/plugin-xml")],
    bracketSpacing: false,
    printWidth: 88,
    semi: true,
    trailingComma: "es5",
    xmlWhitespaceSensitivity: "preserve",
};
