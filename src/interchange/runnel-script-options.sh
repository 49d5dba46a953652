# ---------------------------------------------------------------------------
# Options and parameters.

refuse () {
  printf '%s: %s\n' "$0" "$1" >&2
  exit 2
}

# Parameter $1 has the value $2, which must be one of the others.
one_of () {
  name=$1 value=$2
  shift 2
  for choice; do
    if [ "$choice" = "$value" ]; then return; fi
  done
  refuse "parameter $name is \"$value\", but must be one of: $*"
}

number () {
  awk 'BEGIN { exit ARGV[1] !~ /^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$/ }' "$2" ||
    refuse "parameter $1 is \"$2\", but must be a number"
}

boolean () {
  case $2 in
    [Tt][Rr][Uu][Ee] | [Yy][Ee][Ss] | [Oo][Nn] | 1) echo true ;;
    [Ff][Aa][Ll][Ss][Ee] | [Nn][Oo] | [Oo][Ff][Ff] | 0) echo false ;;
    *) refuse "parameter $1 is \"$2\", but must be true or false" ;;
  esac
}

read_options () {
  approved='' artifacts_folder=''
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) usage; exit 0 ;;
      -p | --param | -j | --jobs | --approve | --artifacts)
        if [ $# -lt 2 ]; then refuse "$1 needs a value"; fi
        take_option "$1" "$2"
        shift ;;
      --*=*) take_option "${1%%=*}" "${1#*=}" ;;
      *) refuse "there is no option $1; see --help" ;;
    esac
    shift
  done
}

take_option () {
  case $1 in
    -p | --param) set_parameter "$2" ;;
    -j | --jobs)
      case $2 in '' | *[!0-9]* | 0) refuse "$1 is a number of steps from 1 on" ;; esac
      jobs=$2 ;;
    --approve) approved="$approved $2" ;;
    --artifacts) artifacts_folder=$2 ;;
    *) refuse "there is no option $1; see --help" ;;
  esac
}

count_processors () {
  getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1
}
