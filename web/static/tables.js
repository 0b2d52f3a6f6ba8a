// Tables that stack on small screens stay tables for those who listen. Some browsers forget what a table is once its
// parts are laid out otherwise; these words remind them. They say nothing that the markup does not say already.
const ROLES = {
  "thead, tbody": "rowgroup",
  tr: "row",
  "th[scope=col]": "columnheader",
  "th[scope=row]": "rowheader",
  td: "cell",
};

export function remind(scope) {
  scope.querySelectorAll(".app-table").forEach((table) => {
    table.setAttribute("role", "table");
    Object.entries(ROLES).forEach(([parts, role]) =>
      table.querySelectorAll(parts).forEach((part) => part.setAttribute("role", role)),
    );
  });
}
