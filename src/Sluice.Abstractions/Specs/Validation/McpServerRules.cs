using System.Text.RegularExpressions;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

/// <summary>Rules of MCP servers. The names of variables are not repeated where they are none: people put keys in the wrong place.</summary>
internal static partial class McpServerRules
{
    public static void Check(SpecCheck check)
    {
        var servers = check.Spec.McpServers;
        for (var i = 0; i < servers.Count; i++)
        {
            var (server, path) = (servers[i], $"mcpServers[{i}]");
            CheckName(check, i, path);
            CheckPlace(check, server, path);
            CheckEnvironment(check, server, path);
            CheckPrefix(check, i, path);
            if (server.Approval is not null) ApprovalRules.CheckPolicy(check, server.Approval, $"{path}.approval");
            check.RequirePositive(server.ConnectTimeout, SpecErrorCodes.InvalidTimeout, $"{path}.connectTimeoutMs");
            check.RequirePositive(server.CallTimeout, SpecErrorCodes.InvalidTimeout, $"{path}.callTimeoutMs");
        }
    }

    public static void CheckNames(SpecCheck check, AgentSpec agent, string path)
    {
        string[] names = [.. check.Spec.McpServers.Select(server => server.Name)];
        for (var i = 0; i < agent.McpServers.Count; i++)
            check.RequireKnown(agent.McpServers[i], names, SpecErrorCodes.UnknownMcpServer, $"{path}.mcpServers[{i}]", "There is no MCP server");
    }

    /// <summary>Whether one of the agent's servers may have a tool of this name. Which tools there are is known once it is connected.</summary>
    public static bool MayServe(RuntimeSpec spec, AgentSpec agent, string tool) => spec.McpServers.Any(server =>
        agent.McpServers.Contains(server.Name, StringComparer.Ordinal)
        && tool.StartsWith(server.Prefix, StringComparison.Ordinal)
        && server.Tools?.Contains(tool[server.Prefix.Length..], StringComparer.Ordinal) != false);

    private static void CheckName(SpecCheck check, int index, string path)
    {
        var servers = check.Spec.McpServers;
        var name = servers[index].Name;
        if (!NamePattern().IsMatch(name))
            check.Report(
                SpecErrorCodes.InvalidMcpServer, $"{path}.name",
                $"{Excerpt.Quote(name)} can't name a server. Use 1 to 32 letters, digits, '_' and '-', without accents.");
        if (servers.Take(index).Any(other => other.Name == name))
            check.Report(SpecErrorCodes.DuplicateMcpServer, $"{path}.name", $"Another MCP server is named {Excerpt.Quote(name)} already. Rename one of them.");
    }

    private static void CheckPlace(SpecCheck check, McpServerSpec server, string path)
    {
        if (server.Command is null == server.Url is null)
            check.Report(
                SpecErrorCodes.InvalidMcpServer, path,
                $"A server is a command or a url, and this one has {(server.Command is null ? "neither" : "both")}. Give one of the two.");
        if (server.Command is not null) check.RequireText(server.Command, SpecErrorCodes.InvalidMcpServer, $"{path}.command", "The command");
        if (server.Url is not null && !IsAddress(server.Url))
            check.Report(
                SpecErrorCodes.InvalidMcpServer, $"{path}.url",
                "The address is no absolute http or https address without a name and password, such as https://example.com/mcp.");
        var isMixed = server.Command is null
            ? server.Arguments.Count > 0 || server.EnvironmentVariables.Count > 0 || server.WorkingDirectory is not null
            : server.BearerTokenEnv is not null || server.HeadersEnv.Count > 0;
        if (isMixed)
            check.Report(
                SpecErrorCodes.InvalidMcpServer, path,
                "Arguments, variables and a working directory are for a command; a bearer token and headers are for a url. Remove those that are not for this server.");
    }

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0;

    private static void CheckEnvironment(SpecCheck check, McpServerSpec server, string path)
    {
        for (var i = 0; i < server.EnvironmentVariables.Count; i++) RequireVariable(check, server.EnvironmentVariables[i], $"{path}.environmentVariables[{i}]");
        if (server.BearerTokenEnv is { } token) RequireVariable(check, token, $"{path}.bearerTokenEnv");
        foreach (var (header, variable) in server.HeadersEnv)
        {
            var place = SpecCheck.Entry($"{path}.headersEnv", header);
            if (!ProviderRules.IsSendable(header, ""))
                check.Report(SpecErrorCodes.InvalidHeader, place, "The header can't be sent. A name has letters, digits and '-'.");
            RequireVariable(check, variable, place);
        }
    }

    private static void RequireVariable(SpecCheck check, string name, string path)
    {
        if (!VariablePattern().IsMatch(name))
            check.Report(
                SpecErrorCodes.InvalidMcpServer, path,
                "This is no name of an environment variable: letters, digits and '_', and no digit first. Put the value into a variable and its name here.");
    }

    /// <summary>What begins with a server's prefix is that server's, whatever it calls its tools.</summary>
    private static void CheckPrefix(SpecCheck check, int index, string path)
    {
        var servers = check.Spec.McpServers;
        var prefix = servers[index].Prefix;
        if (!PrefixPattern().IsMatch(prefix))
        {
            check.Report(
                SpecErrorCodes.InvalidMcpServer, $"{path}.prefix",
                $"{Excerpt.Quote(prefix)} can't be a prefix. Use 1 to 48 letters, digits, '_' and '-', without accents.");
            return;
        }

        var others = servers.Take(index).Where(other => other.Name != servers[index].Name).Select(other => other.Prefix)
            .Where(other => other.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(other, StringComparison.Ordinal))
            .Select(other => $"the prefix {Excerpt.Quote(other)} of another server");
        var tools = check.Spec.Agents.SelectMany(agent => agent.Tools).Select(tool => tool.Name).Concat(BuiltInTools.ToolNames)
            .Where(tool => tool.StartsWith(prefix, StringComparison.Ordinal)).Select(tool => $"the tool {Excerpt.Quote(tool)}");
        if (others.Concat(tools).FirstOrDefault() is { } conflict)
            check.Report(
                SpecErrorCodes.McpPrefixConflict, $"{path}.prefix",
                $"The prefix {Excerpt.Quote(prefix)} can't be told from {conflict}. Give the server another prefix.");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,32}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,48}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrefixPattern();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariablePattern();
}
