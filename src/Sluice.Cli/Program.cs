using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

using var terminal = Terminal.OfProcess();
using var interruption = new Interruption();
return (int)await new SluiceCommandLine(terminal).RunAsync(args, interruption.Token);
