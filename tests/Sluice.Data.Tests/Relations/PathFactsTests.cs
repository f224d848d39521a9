using FsCheck;
using FsCheck.Fluent;
using Sluice.Data.Relations;
using Sluice.Data.Schemas;

namespace Sluice.Data.Tests.Relations;

public sealed class PathFactsTests
{
    [Theory]
    [InlineData("N1", "many_to_one", "false,true")]
    [InlineData("1N", "one_to_many", "true,false")]
    [InlineData("11", "one_to_one", "false,false")]
    [InlineData("NM", "many_to_many", "true,true")]
    [InlineData("1N 1N", "one_to_many", "true,true,false")]
    [InlineData("N1 N1", "many_to_one", "false,true,true")]
    [InlineData("N1 1N", "many_to_many", "true,true,true")]
    [InlineData("1N N1", "many_to_many", "true,false,true")]
    public void Path_OfSteps_HasItsCardinalityAndRepeatedTables(string steps, string cardinality, string repeated)
    {
        var facts = new PathFacts(PathOf(steps.Split(' ')));

        RelationEntries.NameOf(facts.Cardinality).ShouldBe(cardinality);
        string.Join(',', facts.IsRepeated.Select(flag => flag ? "true" : "false")).ShouldBe(repeated);
    }

    [Fact]
    public void Repeated_OnRealRows_IsWhatJoiningThemShows() => Prop.ForAll(Gen.Elements("N1", "1N", "11", "NM").ArrayOf().Where(steps => steps.Length is > 0 and <= 5).ToArbitrary(), steps =>
    {
        var facts = new PathFacts(PathOf(steps));
        return facts.IsRepeated.SequenceEqual(JoinRows(steps));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Warning_WhereSomeTablesAreSafe_NamesThem()
    {
        var warning = new PathFacts(PathOf(["1N"])).Warning()!;
        warning.ShouldStartWith("Rows of main.t0 come up several times");
        warning.ShouldEndWith("Sum only columns of main.t1, or aggregate before joining.");
        new PathFacts(PathOf(["11"])).Warning().ShouldBeNull();
        new PathFacts(PathOf(["N1", "1N"])).Warning()!.ShouldEndWith("Aggregate each table in a subquery before joining.");
    }

    [Fact]
    public void OrphanRate_OfAPath_IsTheLargestKnown()
    {
        var path = PathOf(["N1", "N1", "N1"]);
        new PathFacts(path).OrphanRate.ShouldBeNull();
        new PathFacts(new([.. path.Steps.Select((step, i) => new RelationStep(i, step.Relation with { OrphanRate = i == 2 ? null : i * 0.1 }, step.IsForward, step.Target))]))
            .OrphanRate.ShouldBe(0.1);
    }

    [Fact]
    public void JoinText_OfAPath_QuotesNamesAndJoinsEachTable()
    {
        var odd = new Relation
        {
            From = new("sales", "Order \"Lines\""),
            FromColumns = ["order.no", "year"],
            To = new("", "orders"),
            ToColumns = ["no", "year"],
            Origin = RelationOrigin.Authored,
            Cardinality = Cardinality.ManyToOne,
        };

        JoinText.Of(new([new(0, odd, true, 1)])).ShouldBe(
            """"FROM "sales"."Order ""Lines""" JOIN "orders" ON "sales"."Order ""Lines"""."order.no" = "orders"."no" AND "sales"."Order ""Lines"""."year" = "orders"."year" """".TrimEnd());
        JoinText.Of(new([new(0, odd, false, 0)])).ShouldStartWith(""""FROM "orders" JOIN "sales"."Order ""Lines""" ON "orders"."no" = """");
    }

    [Fact]
    public void JoinText_OfATableWithItself_UsesASecondName()
    {
        var self = new Relation
        {
            From = new("main", "employees"),
            FromColumns = ["manager_id"],
            To = new("main", "employees"),
            ToColumns = ["id"],
            Origin = RelationOrigin.Declared,
            Cardinality = Cardinality.ManyToOne,
        };

        JoinText.Of(new([new(0, self, true, 0)])).ShouldBe(
            """FROM "main"."employees" JOIN "main"."employees" AS "employees_2" ON "main"."employees"."manager_id" = "employees_2"."id" """.TrimEnd());
    }

    /// <summary>Joins real rows, numbered from 0 in each table, and tells for each table whether a row of it comes up twice.</summary>
    private static bool[] JoinRows(string[] steps)
    {
        IEnumerable<int[]> joined = Enumerable.Range(0, 64).Select(row => new[] { row });
        foreach (var step in steps) joined = [.. joined.SelectMany(row => Partners(step, row[^1]).Select(partner => (int[])[.. row, partner]))];
        return [.. Enumerable.Range(0, steps.Length + 1).Select(at => joined.GroupBy(row => row[at]).Any(group => group.Count() > 1))];
    }

    private static int[] Partners(string step, int row) => step switch
    {
        "N1" => [row / 2],
        "1N" => [row * 2, (row * 2) + 1],
        "NM" => [row / 2 * 2, (row / 2 * 2) + 1],
        _ => [row],
    };

    private static RelationPath PathOf(string[] steps) => new([.. steps.Select((step, i) => Step(step, i))]);

    private static RelationStep Step(string step, int number)
    {
        var (left, right) = (new TableKey("main", $"t{number}"), new TableKey("main", $"t{number + 1}"));
        // A step from one to many is a relation that is followed backwards.
        var isForward = step != "1N";
        var relation = new Relation
        {
            From = isForward ? left : right,
            FromColumns = ["a"],
            To = isForward ? right : left,
            ToColumns = ["b"],
            Origin = RelationOrigin.Declared,
            Cardinality = step switch { "11" => Cardinality.OneToOne, "NM" => Cardinality.ManyToMany, _ => Cardinality.ManyToOne },
        };
        return new(number, relation, isForward, number + 1);
    }
}
