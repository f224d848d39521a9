using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Mcp.AspNetCore;
using Sluice.Mcp.AspNetCore.Sessions;
using Sluice.Mcp.Serving;

namespace Sluice;

/// <summary>Maps an agent's tools into a host.</summary>
public static class McpEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = ["GET", "POST", "DELETE"];

    /// <summary>Serves the tools of an agent of the runtime that the host's services have (<c>AddSluice</c>); see the other overload.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route, such as <c>/mcp</c>.</param>
    /// <param name="agent">The agent whose tools are served; null: the only agent.</param>
    /// <param name="options">How. Default: as <see cref="McpHttpOptions"/> says, for this machine alone.</param>
    /// <exception cref="InvalidOperationException">The services have no runtime.</exception>
    public static IEndpointConventionBuilder MapSluiceMcp(
        this IEndpointRouteBuilder endpoints, string pattern, string? agent = null, McpHttpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapSluiceMcp(pattern, endpoints.ServiceProvider.GetRequiredService<IAgentRuntime>(), agent, options);
    }

    /// <summary>Serves the tools of an agent over Streamable HTTP. The endpoints of older protocol versions (HTTP with SSE) are not offered.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route, such as <c>/mcp</c>.</param>
    /// <param name="runtime">Runs the calls. It stays open.</param>
    /// <param name="agent">The agent whose tools are served; null: the only agent.</param>
    /// <param name="options">How. Default: as <see cref="McpHttpOptions"/> says, for this machine alone.</param>
    /// <returns>The endpoint, to which a host may add its own authorization.</returns>
    /// <exception cref="SluiceException"><c>unknown_agent</c>: there is no such agent, or none is named and there are several.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IEndpointConventionBuilder MapSluiceMcp(
        this IEndpointRouteBuilder endpoints, string pattern, IAgentRuntime runtime, string? agent = null, McpHttpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(runtime);
        options ??= new();
        Check(options);
        var time = endpoints.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
        var stopping = endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var sessions = new SessionTable(new(runtime, agent, options.Serving), options, time, stopping);
        return endpoints.MapMethods(pattern, Methods, new McpEndpoint(sessions, options, time).HandleAsync);
    }

    private static void Check(McpHttpOptions options)
    {
        if (options.BearerToken is not null) ArgumentException.ThrowIfNullOrWhiteSpace(options.BearerToken, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxRequestBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxSessions, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.SessionIdleTimeout, TimeSpan.Zero, nameof(options));
    }
}
