namespace Inventory.Tests;

public sealed class FirstStartTests
{
    [Fact]
    public async Task Start_InAnEmptyFolder_BuildsTheDataOnce()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("new");

        var first = await ProgramRun.RunAsync("", "--data", data, "--approve", "never");
        var built = File.GetLastWriteTimeUtc(Path.Combine(data, "retail.db"));
        var second = await ProgramRun.RunAsync("", "--data", data, "--approve", "never");

        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("Built the retail database in ");
        first.Output.ShouldContain("Profiled 6 tables in ");
        first.Output.ShouldContain("Read 3 policy documents.");
        second.ExitCode.ShouldBe(0, second.Errors);
        second.Output.ShouldContain("Reusing the retail database: 20,000 products, 780,000 sales.");
        second.Output.ShouldContain("The catalog is up to date. 6 tables had not changed.");
        second.Output.ShouldNotContain("Built");
        second.Output.ShouldNotContain("policy documents");
        File.GetLastWriteTimeUtc(Path.Combine(data, "retail.db")).ShouldBe(built);
    }

    [Fact]
    public async Task Start_WithSomethingElseUnderTheName_FailsAndLeavesItAlone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("retail.db"), new string('x', 4096), TestContext.Current.CancellationToken);

        var run = await ProgramRun.RunAsync("", "--data", folder.FullPath, "--approve", "never");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("is not a generated retail database, so it is left alone");
        (await File.ReadAllTextAsync(folder.File("retail.db"), TestContext.Current.CancellationToken)).ShouldBe(new string('x', 4096));
    }

    [Fact]
    public async Task Start_WithWrongOptions_NamesAllOfThemAndDoesNothing()
    {
        using var folder = new TemporaryFolder();
        var data = folder.File("new");

        var run = await ProgramRun.RunAsync("", "--data", data, "--aprove", "always", "--markdown", "95");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Errors.ShouldContain("There is no option '--aprove'. Did you mean '--approve'?");
        run.Errors.ShouldContain("Option '--markdown' is '95'");
        run.Errors.ShouldContain("--help");
        Directory.Exists(data).ShouldBeFalse();
    }

    [Fact]
    public async Task Help_WhenAsked_NamesEveryOption()
    {
        var run = await ProgramRun.RunAsync("", "--help");

        run.ExitCode.ShouldBe(0);
        foreach (var option in (string[])["--approve", "--data", "--database", "--events", "--markdown", "--reset"])
            run.Output.ShouldContain(option);
    }
}
