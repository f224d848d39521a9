namespace Inventory.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Read_WithoutArguments_AsksAtTheTerminal()
    {
        var options = Read([], []);

        options.Approve.ShouldBe(ApprovalChoice.Ask);
        options.MarkDown.ShouldBe(20);
        options.DataFolder.ShouldBeNull();
        options.Database.ShouldBeNull();
        options.Start.ShouldBe(StartChoice.Ask);
    }

    [Theory]
    [InlineData("--resume")]
    [InlineData("--new")]
    public void Read_OfAStartChoice_TakesIt(string option) =>
        Read([option], []).Start.ShouldBe(option == "--new" ? StartChoice.New : StartChoice.Resume);

    [Theory]
    [InlineData("--approve", "Never", "--markdown", "12.5", "--data", "x", "--policies", "y", "--events", "--reset")]
    [InlineData("--policies=y", "--reset", "--approve=never", "--events", "--markdown=12.5", "--data=x")]
    public void Read_InEitherStyle_TakesTheValues(params string[] arguments)
    {
        var options = Read(arguments, []);

        options.ShouldSatisfyAllConditions(
            () => options.Approve.ShouldBe(ApprovalChoice.Never),
            () => options.MarkDown.ShouldBe(12.5m),
            () => options.DataFolder.ShouldBe("x"),
            () => options.Policies.ShouldBe("y"),
            () => options.ShowEvents.ShouldBeTrue(),
            () => options.Reset.ShouldBeTrue());
    }

    [Theory]
    [InlineData("Option '--approve' is 'maybe'; it must be ask, always or never.", "--approve", "maybe")]
    [InlineData("Option '--approve' is '1'; it must be ask, always or never.", "--approve", "1")]
    [InlineData("Option '--approve' needs a value.", "--approve")]
    [InlineData("Option '--data' needs a value.", "--data", "--reset")]
    [InlineData("Option '--data' needs a value.", "--data=")]
    [InlineData("Option '--markdown' is '0.5'; it must be a number of percent from 1 to 90.", "--markdown", "0.5")]
    [InlineData("Option '--markdown' is '-5'; it must be a number of percent from 1 to 90.", "--markdown", "-5")]
    [InlineData("Option '--reset' takes no value.", "--reset=yes")]
    [InlineData("Option '--reset' is given twice.", "--reset", "--reset")]
    [InlineData("There is no option 'anything'. The options are --approve, --data, --database, --events, --help, --live, --markdown, --new, --policies, --record, --replay, --reset, --resume.", "anything")]
    [InlineData("There is no option '--even'. Did you mean '--events'?", "--even")]
    [InlineData("Option '--database' goes with '--events' only: it explores a file by script and only reads.", "--database", "x", "--reset")]
    [InlineData("Option '--database' goes with '--events' only: it explores a file by script and only reads.", "--database", "x", "--live")]
    [InlineData("Options '--record' and '--replay' do not go together: what is replayed is recorded already.", "--record", "a", "--replay", "b")]
    [InlineData("Option '--replay' needs a value.", "--replay")]
    [InlineData("Option '--resume' goes on with a run, so it does not go with '--new' or '--reset'.", "--resume", "--new")]
    [InlineData("Option '--resume' goes on with a run, so it does not go with '--new' or '--reset'.", "--reset", "--resume")]
    [InlineData("Option '--new' takes no value.", "--new=yes")]
    public void Read_OfAWrongArgument_NamesTheProblem(string problem, params string[] arguments) => Read(arguments, [problem]);

    [Fact]
    public void Read_OfSeveralWrongArguments_NamesAllProblems() => Read(
        ["--approve", "maybe", "--markdown", "many"],
        [
            "Option '--approve' is 'maybe'; it must be ask, always or never.",
            "Option '--markdown' is 'many'; it must be a number of percent from 1 to 90.",
        ]);

    private static Options Read(string[] arguments, string[] expectedProblems)
    {
        var problems = new List<string>();
        var options = Options.Read(arguments, problems);
        problems.ShouldBe(expectedProblems);
        return options;
    }
}
