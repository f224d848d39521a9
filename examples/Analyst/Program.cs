// Looks at a database, and answers questions about it by script or by model. It only reads; what it learns is kept in a catalog.
using Analyst;
using Inventory;
using Help = Analyst.Help;
using Options = Analyst.Options;
using StudioProgram = Analyst.StudioProgram;

var isStudio = args is [StudioProgram.Name, ..];
IReadOnlyList<string> own = args;
string[] studio = [];
if (isStudio) (own, studio) = StudioProgram.Divide(args[1..]);
var problems = new List<string>();
var options = Options.Read(own, problems);
var source = DatabaseSource.Find(options, problems);
var model = AnalystAgent.ModelOf(options, problems);
if (problems.Count > 0)
{
    foreach (var problem in problems) Console.Error.WriteLine(problem);
    Console.Error.WriteLine("See all options with: dotnet run --project examples/Analyst -- --help");
    return ExitCode.WrongOptions;
}

if (options.ShowHelp)
{
    Console.WriteLine(Help.Text);
    return ExitCode.Done;
}

using var interrupt = new InterruptKey();
try
{
    if (isStudio) return await StudioProgram.RunAsync(options, model, source, studio, interrupt.Token);
    return await new Analysis(options, model, Terminal.Open()).RunAsync(source, interrupt.Token);
}
catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
{
    Console.Error.WriteLine($"{Environment.NewLine}Cancelled.");
    return ExitCode.Cancelled;
}
catch (SpecValidationException e)
{
    foreach (var problem in e.Errors) Console.Error.WriteLine(problem.Message);
    return ExitCode.WrongOptions;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or SluiceException)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.Failed;
}
