using Inventory;
using Microsoft.Data.Sqlite;

if (args is [StudioProgram.Name, .. var rest]) return await StudioProgram.RunAsync(rest);

var problems = new List<string>();
var options = Options.Read(args, problems);
var models = LiveModels.Find(options, problems);
if (problems.Count > 0 || models is null)
{
    foreach (var problem in problems) Console.Error.WriteLine(problem);
    Console.Error.WriteLine("See all options with: dotnet run --project examples/Inventory -- --help");
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
    var console = Terminal.Open();
    return options.Database is { } path
        ? await Exploration.RunAsync(path, options.ShowEvents, console, interrupt.Token)
        : await InventoryJob.RunAsync(options, models, console, interrupt.Token);
}
catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
{
    Console.Error.WriteLine($"{Environment.NewLine}Cancelled.");
    return ExitCode.Cancelled;
}
catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or SqliteException or SluiceException)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.Failed;
}
