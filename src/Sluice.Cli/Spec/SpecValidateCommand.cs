using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Spec;

/// <summary><c>sluice spec validate</c>: finds all problems of a spec at once.</summary>
internal sealed class SpecValidateCommand : SluiceCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The spec, in JSON.", HelpName = "FILE" };

    public SpecValidateCommand(Shell shell)
        : base(
            shell, "validate", "Finds all problems of a spec at once, and ends with 3 when it has one.",
            "sluice spec validate runtime.json",
            "sluice spec validate runtime.json --output json") => Arguments.Add(_file);

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var file = invocation.Get(_file)!;
        var problems = await FindProblemsAsync(file, cancellationToken);
        if (invocation.Format == OutputFormat.Text)
        {
            foreach (var problem in problems) invocation.Terminal.Out.WriteLine(VisibleText.OfLine($"{problem.Path}: {problem.Message} ({problem.Code})"));
            invocation.Terminal.Out.WriteLine(VisibleText.OfLine(problems.Count == 0 ? $"{file} is a valid spec." : $"{file} has {Count.Of(problems.Count, "problem")}."));
        }
        else
        {
            RecordOutput.WriteList(invocation, problems, [], _ => []);
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.ChecksFailed;
    }

    private static async Task<IReadOnlyList<SpecError>> FindProblemsAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await SpecFile.ReadAsync(file, cancellationToken);
            return [];
        }
        catch (SpecValidationException exception)
        {
            return exception.Errors;
        }
    }
}
