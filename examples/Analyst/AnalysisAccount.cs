using Inventory.Account;
using Sluice.Data;
using Spectre.Console;

namespace Analyst;

/// <summary>Tells what is known of the database, and how questions about it are answered.</summary>
internal sealed class AnalysisAccount(IAnsiConsole console, bool isLive, bool showEvents)
{
    private const int MaxTables = 30;

    private CatalogAccount _question = new(console, showEvents);

    /// <summary>Tells what is known.</summary>
    public void Tell(KnownDatabase database)
    {
        Heading("What is known");
        var findings = database.Findings.CountBy(KnownDatabase.TableOf, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var shown = AccountTable.New("table", "kind", "rows", "columns", "findings");
        foreach (var table in database.Tables.Take(MaxTables))
        {
            var name = table.QualifiedName;
            shown.Add(
                name, table.Metadata.RelationType ?? "", table.Metadata.RowCount is { } rows ? $"{rows:N0}" : "", $"{database.ColumnsOf(name).Count()}",
                findings.TryGetValue(name, out var count) ? $"{count}" : "");
        }

        if (database.Tables.Count > MaxTables) shown.Add($"and {database.Tables.Count - MaxTables} more", "", "", "", "");
        console.Write(shown);
        var declared = database.Relations.Count(relation => relation.IsDeclared);
        console.WriteLine($"{ToolSummary.Count(declared, "relation")} to other tables declared, {database.Relations.Count - declared} inferred.");
        console.WriteLine(isLive ? "A model answers." : "No model is called: a script asks and answers in its place. The tools and their answers are real.");
    }

    /// <summary>Announces a question.</summary>
    public void Begin(Question question)
    {
        Heading(question.Text);
        _question = new(console, showEvents);
    }

    /// <summary>Tells an event.</summary>
    public void Add(RuntimeEvent e) => _question.Add(e);

    /// <summary>Tells where the figures come from.</summary>
    public void End()
    {
        var sources = _question.QueryHashes.Count > 0 ? $"Figures from {string.Join(", ", _question.QueryHashes.Select(hash => $"query {hash}"))}. " : "";
        console.WriteLine($"{sources}{_question}.");
    }

    private void Heading(string title)
    {
        console.WriteLine();
        console.Write(new Rule(Markup.Escape(title)).LeftJustified());
    }
}
