using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Words;
using Sluice.DataSets.Questions;
using Sluice.DataSets.Warehouse;
using SQLitePCL;

namespace Sluice.Data.Tests.Search;

public sealed class StemmerTests
{
    [Fact]
    public void Of_EveryWordOfTheQuestionsAndNames_IsTheStemThatTheIndexMakes()
    {
        Batteries_V2.Init();
        string[] words =
        [
            .. SearchQuestions.All.Concat(PublicQuestions.All).SelectMany(question => NameWords.Split(question.Text))
                .Concat(WarehouseSchema.Instance.Tables.SelectMany(table => table.Columns.SelectMany(column => NameWords.Split(column.Name))))
                .Concat("caresses ponies ties caress cats feed agreed plastered bled motoring sing conflated troubled sized hopping tanned falling hissing fizzed failing filing happy sky "
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Concat("relational conditional rational valenci digitizer conformabli radicalli vileli analogousli vietnamization predication operator feudalism decisiveness hopefulness "
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Concat("callousness formaliti sensitiviti sensibiliti triplicate formative formalize electriciti electrical hopeful goodness revival allowance inference airliner adjustable "
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Concat("defensible irritant replacement adjustment dependent adoption communism activate angulariti homologous effective bowdlerize probate rate cease controll roll"
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Concat(NameWords.Split("größe café Ångström naïve Łódź piñata šedá"))
                .Distinct(StringComparer.Ordinal),
        ];
        raw.sqlite3_open(":memory:", out var database).ShouldBe(raw.SQLITE_OK);
        using var opened = database;
        raw.sqlite3_exec(database, "CREATE VIRTUAL TABLE w USING fts5 (t, tokenize = 'porter unicode61'); CREATE VIRTUAL TABLE v USING fts5vocab (w, 'instance')").ShouldBe(raw.SQLITE_OK);
        for (var row = 0; row < words.Length; row++) raw.sqlite3_exec(database, $"INSERT INTO w (rowid, t) VALUES ({row + 1}, '{words[row]}')").ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_prepare_v2(database, "SELECT doc, term FROM v", out var statement).ShouldBe(raw.SQLITE_OK);
        using var read = statement;
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW) stems[words[raw.sqlite3_column_int(statement, 0) - 1]] = raw.sqlite3_column_text(statement, 1).utf8_to_string();

        stems.Count.ShouldBeGreaterThan(1_000);
        stems.Where(stem => Stemmer.Of(stem.Key) != stem.Value).Select(stem => $"{stem.Key}: {Stemmer.Of(stem.Key)}, not {stem.Value}").ShouldBeEmpty();
    }
}
