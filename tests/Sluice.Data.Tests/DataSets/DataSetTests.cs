using Sluice.DataSets.Chinook;
using Sluice.DataSets.Databases;
using Sluice.DataSets.Questions;
using Sluice.DataSets.Warehouse;

namespace Sluice.Data.Tests.DataSets;

/// <summary>The labels mean something only as long as they name what is there.</summary>
public sealed class DataSetTests
{
    [Fact]
    public void Warehouse_HasAThousandTablesOfTwentyColumnsAndRelationsThatLeadSomewhere()
    {
        var tables = WarehouseSchema.Instance.Tables;
        tables.Count.ShouldBe(1_000);
        tables.ShouldAllBe(table => table.Columns.Count == 20);
        tables.Select(table => (table.Schema, table.Name)).ShouldBeUnique();
        var names = tables.Select(table => (table.Schema, table.Name)).ToHashSet();
        tables.SelectMany(table => table.ForeignKeys).ShouldAllBe(key => names.Contains(new(key.ReferencedSchema, key.ReferencedTable)));
        tables.Sum(table => table.ForeignKeys.Count).ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Questions_OfBothDatabases_NameTablesAndColumnsThatExist()
    {
        SearchQuestions.All.Count.ShouldBeGreaterThanOrEqualTo(150);
        SearchQuestions.All.Select(question => question.Number).ShouldBe(Enumerable.Range(1, SearchQuestions.All.Count));
        var chinook = ChinookSchema.Tables.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}").Prepend(table.Name)).ToHashSet();
        foreach (var question in SearchQuestions.All)
        {
            question.Tables.ShouldNotBeEmpty();
            foreach (var label in question.Tables.Concat(question.Columns))
            {
                if (question.Database == "chinook") chinook.ShouldContain(label, $"question {question.Number}");
                else WarehouseSchema.Instance.PhysicalName(label).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void PublicQuestions_NameTablesOfTheirDatabase()
    {
        PublicQuestions.All.Count.ShouldBeGreaterThanOrEqualTo(100);
        PublicDatabase.All.Count.ShouldBeGreaterThanOrEqualTo(20);
        var tables = PublicDatabase.All.ToDictionary(database => database.Id, database => database.Tables.Select(table => table.Name).ToHashSet());
        foreach (var question in PublicQuestions.All) question.Tables.ShouldAllBe(table => tables[question.Database].Contains(table), $"question {question.Number}");
    }
}
