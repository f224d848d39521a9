using System.Diagnostics;
using Sluice.Mcp.Tests.Programs;
using Sluice.Mcp.Tests.Serving;

namespace Sluice.Mcp.Tests.Stdio;

/// <summary>A server over stdio as a process of its own.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Process_WhoseInputEndsDuringACall_CancelsItAndExits()
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [NodePrograms.Server, "stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        try
        {
            var client = new RawConnection(process.StandardInput.BaseStream, process.StandardOutput);
            await client.InitializeAsync();
            await client.CallAsync("wait");
            (await client.ReadAsync())["method"]!.GetValue<string>().ShouldBe("notifications/progress");

            client.Close();

            (await process.StandardError.ReadToEndAsync(timer.Token)).ShouldContain("wait was cancelled");
            await process.WaitForExitAsync(timer.Token);
            process.ExitCode.ShouldBe(0);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
