// Makes the hits of Sphinx's search say what they are: a page of a unit names its unit, and a term of the glossary is
// found by its English and Spanish names and leads to its entry, where Sphinx finds the top of a long page.
(() => {
  "use strict";

  const GLOSSARY = "book/glossary";
  const UNIT_PAGE = /^(book|notebooks|solutions)\/(\d\d)_/;
  const KINDS = { book: "Unit", notebooks: "Notebook", solutions: "Exercises" };
  const entries = JSON.parse(document.getElementById("glossary-entries").textContent);
  const sphinxSearch = Search._performSearch;
  const stemmer = new Stemmer();

  // A phone's keyboard makes accents slow: "indice" finds "índice".
  const words = (text) => splitQuery(text.toLowerCase().normalize("NFD").replace(/\p{Mn}/gu, ""));
  const holds = (name, asked) =>
    asked.every((word) =>
      words(name).some(
        (other) =>
          (word.length > 2 && other.startsWith(word)) || stemmer.stemWord(other) === stemmer.stemWord(word)
      )
    );

  // Return the entries of which one name holds every word, the shortest name first, as hits with this name.
  function entriesFor(query) {
    const asked = words(query);
    if (!asked.length) return [];
    return entries
      .map(({ id, names }) => ({ id, term: names[0], name: names.find((name) => holds(name, asked)) }))
      .filter(({ name }) => name)
      .sort((a, b) => a.name.length - b.name.length);
  }

  const hit = ({ id, term, name }) => {
    const title = name === term ? term : `${term}, ${name}`;
    return [GLOSSARY, title, `#${id}`, "Glossary", 0, `${GLOSSARY}.md`];
  };

  const withUnit = (result) => {
    const [, folder, number] = UNIT_PAGE.exec(result[0]) ?? [];
    if (folder) result[3] = `${KINDS[folder]} ${number}`; // Sphinx shows it in brackets behind the title
    return result;
  };

  // Sphinx shows the last of its results first. Entries of which the query is most of the name stand before the pages,
  // the others behind them.
  Search._performSearch = (query, ...rest) => {
    const found = entriesFor(query);
    const isClose = ({ name }) => 2 * query.trim().length >= name.length;
    const pages = sphinxSearch(query, ...rest).filter(([page]) => page !== GLOSSARY || !found.length);
    const close = found.filter(isClose).map(hit);
    const far = found.filter((entry) => !isClose(entry)).map(hit);
    return [...far.reverse(), ...pages.map(withUnit), ...close.reverse()];
  };
})();
