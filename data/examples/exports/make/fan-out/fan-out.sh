#!/bin/sh
# Fan out
# One step, then two hundred short ones side by side, then one that waits for all of them.
#
# Written by “runnel export --to make”. Needs a POSIX shell, awk and timeout; see --help.

# Variables and functions of a step are called by names made of its id.
# shellcheck disable=SC2034,SC2154,SC2317

cd "$(dirname "$0")"/../../.. || exit 3

usage () {
  cat <<'END'
Fan out

One step, then two hundred short ones side by side, then one that waits for all of them.

  -p, --param NAME=VALUE  give a parameter a value
  -j, --jobs N            run at most N steps at once
      --approve STEP      answer the question of a step with yes; “all” of all
      --artifacts FOLDER  keep the artifacts of the steps there
  -h, --help              show this

Exits with 0 when the run succeeded, 1 when it failed, 130 when it was cancelled.
END
}

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

set_parameter () {
  case $1 in
    *=*) refuse "there is no parameter ${1%%=*}; see --help" ;;
    *) refuse 'a parameter is given as NAME=VALUE' ;;
  esac
}

check_parameters () {
  :
}

set_environment () {
  :
}

steps='start part_001 part_002 part_003 part_004 part_005 part_006 part_007 part_008 part_009 part_010 part_011 part_012 part_013 part_014 part_015 part_016 part_017 part_018 part_019 part_020 part_021 part_022 part_023 part_024 part_025 part_026 part_027 part_028 part_029 part_030 part_031 part_032 part_033 part_034 part_035 part_036 part_037 part_038 part_039 part_040 part_041 part_042 part_043 part_044 part_045 part_046 part_047 part_048 part_049 part_050 part_051 part_052 part_053 part_054 part_055 part_056 part_057 part_058 part_059 part_060 part_061 part_062 part_063 part_064 part_065 part_066 part_067 part_068 part_069 part_070 part_071 part_072 part_073 part_074 part_075 part_076 part_077 part_078 part_079 part_080 part_081 part_082 part_083 part_084 part_085 part_086 part_087 part_088 part_089 part_090 part_091 part_092 part_093 part_094 part_095 part_096 part_097 part_098 part_099 part_100 part_101 part_102 part_103 part_104 part_105 part_106 part_107 part_108 part_109 part_110 part_111 part_112 part_113 part_114 part_115 part_116 part_117 part_118 part_119 part_120 part_121 part_122 part_123 part_124 part_125 part_126 part_127 part_128 part_129 part_130 part_131 part_132 part_133 part_134 part_135 part_136 part_137 part_138 part_139 part_140 part_141 part_142 part_143 part_144 part_145 part_146 part_147 part_148 part_149 part_150 part_151 part_152 part_153 part_154 part_155 part_156 part_157 part_158 part_159 part_160 part_161 part_162 part_163 part_164 part_165 part_166 part_167 part_168 part_169 part_170 part_171 part_172 part_173 part_174 part_175 part_176 part_177 part_178 part_179 part_180 part_181 part_182 part_183 part_184 part_185 part_186 part_187 part_188 part_189 part_190 part_191 part_192 part_193 part_194 part_195 part_196 part_197 part_198 part_199 part_200 finish'
all='start part_001 part_002 part_003 part_004 part_005 part_006 part_007 part_008 part_009 part_010 part_011 part_012 part_013 part_014 part_015 part_016 part_017 part_018 part_019 part_020 part_021 part_022 part_023 part_024 part_025 part_026 part_027 part_028 part_029 part_030 part_031 part_032 part_033 part_034 part_035 part_036 part_037 part_038 part_039 part_040 part_041 part_042 part_043 part_044 part_045 part_046 part_047 part_048 part_049 part_050 part_051 part_052 part_053 part_054 part_055 part_056 part_057 part_058 part_059 part_060 part_061 part_062 part_063 part_064 part_065 part_066 part_067 part_068 part_069 part_070 part_071 part_072 part_073 part_074 part_075 part_076 part_077 part_078 part_079 part_080 part_081 part_082 part_083 part_084 part_085 part_086 part_087 part_088 part_089 part_090 part_091 part_092 part_093 part_094 part_095 part_096 part_097 part_098 part_099 part_100 part_101 part_102 part_103 part_104 part_105 part_106 part_107 part_108 part_109 part_110 part_111 part_112 part_113 part_114 part_115 part_116 part_117 part_118 part_119 part_120 part_121 part_122 part_123 part_124 part_125 part_126 part_127 part_128 part_129 part_130 part_131 part_132 part_133 part_134 part_135 part_136 part_137 part_138 part_139 part_140 part_141 part_142 part_143 part_144 part_145 part_146 part_147 part_148 part_149 part_150 part_151 part_152 part_153 part_154 part_155 part_156 part_157 part_158 part_159 part_160 part_161 part_162 part_163 part_164 part_165 part_166 part_167 part_168 part_169 part_170 part_171 part_172 part_173 part_174 part_175 part_176 part_177 part_178 part_179 part_180 part_181 part_182 part_183 part_184 part_185 part_186 part_187 part_188 part_189 part_190 part_191 part_192 part_193 part_194 part_195 part_196 part_197 part_198 part_199 part_200 finish'
backwards='finish part_200 part_199 part_198 part_197 part_196 part_195 part_194 part_193 part_192 part_191 part_190 part_189 part_188 part_187 part_186 part_185 part_184 part_183 part_182 part_181 part_180 part_179 part_178 part_177 part_176 part_175 part_174 part_173 part_172 part_171 part_170 part_169 part_168 part_167 part_166 part_165 part_164 part_163 part_162 part_161 part_160 part_159 part_158 part_157 part_156 part_155 part_154 part_153 part_152 part_151 part_150 part_149 part_148 part_147 part_146 part_145 part_144 part_143 part_142 part_141 part_140 part_139 part_138 part_137 part_136 part_135 part_134 part_133 part_132 part_131 part_130 part_129 part_128 part_127 part_126 part_125 part_124 part_123 part_122 part_121 part_120 part_119 part_118 part_117 part_116 part_115 part_114 part_113 part_112 part_111 part_110 part_109 part_108 part_107 part_106 part_105 part_104 part_103 part_102 part_101 part_100 part_099 part_098 part_097 part_096 part_095 part_094 part_093 part_092 part_091 part_090 part_089 part_088 part_087 part_086 part_085 part_084 part_083 part_082 part_081 part_080 part_079 part_078 part_077 part_076 part_075 part_074 part_073 part_072 part_071 part_070 part_069 part_068 part_067 part_066 part_065 part_064 part_063 part_062 part_061 part_060 part_059 part_058 part_057 part_056 part_055 part_054 part_053 part_052 part_051 part_050 part_049 part_048 part_047 part_046 part_045 part_044 part_043 part_042 part_041 part_040 part_039 part_038 part_037 part_036 part_035 part_034 part_033 part_032 part_031 part_030 part_029 part_028 part_027 part_026 part_025 part_024 part_023 part_022 part_021 part_020 part_019 part_018 part_017 part_016 part_015 part_014 part_013 part_012 part_011 part_010 part_009 part_008 part_007 part_006 part_005 part_004 part_003 part_002 part_001 start'
on_start=''
on_success=''
on_failure=''
on_finish=''
rolls_back=0
jobs=$(count_processors)

# What the pipeline says of step $1. A link is OUTCOME:STEP.
look_up () {
  needs='' join=all enabled=yes conditional=0 matrix=0 legs='' at_once=0 fail_fast=1
  leg_of='' values='' place=1 pool='' slots=0 retries=0 limited=0 tolerant=0 artifacts=0
  undo='' base=$1 output_prefix=$1
  case $1 in
    start) id=start ;;
    part_001) id=part-001 needs='success:start' ;;
    part_002) id=part-002 needs='success:start' ;;
    part_003) id=part-003 needs='success:start' ;;
    part_004) id=part-004 needs='success:start' ;;
    part_005) id=part-005 needs='success:start' ;;
    part_006) id=part-006 needs='success:start' ;;
    part_007) id=part-007 needs='success:start' ;;
    part_008) id=part-008 needs='success:start' ;;
    part_009) id=part-009 needs='success:start' ;;
    part_010) id=part-010 needs='success:start' ;;
    part_011) id=part-011 needs='success:start' ;;
    part_012) id=part-012 needs='success:start' ;;
    part_013) id=part-013 needs='success:start' ;;
    part_014) id=part-014 needs='success:start' ;;
    part_015) id=part-015 needs='success:start' ;;
    part_016) id=part-016 needs='success:start' ;;
    part_017) id=part-017 needs='success:start' ;;
    part_018) id=part-018 needs='success:start' ;;
    part_019) id=part-019 needs='success:start' ;;
    part_020) id=part-020 needs='success:start' ;;
    part_021) id=part-021 needs='success:start' ;;
    part_022) id=part-022 needs='success:start' ;;
    part_023) id=part-023 needs='success:start' ;;
    part_024) id=part-024 needs='success:start' ;;
    part_025) id=part-025 needs='success:start' ;;
    part_026) id=part-026 needs='success:start' ;;
    part_027) id=part-027 needs='success:start' ;;
    part_028) id=part-028 needs='success:start' ;;
    part_029) id=part-029 needs='success:start' ;;
    part_030) id=part-030 needs='success:start' ;;
    part_031) id=part-031 needs='success:start' ;;
    part_032) id=part-032 needs='success:start' ;;
    part_033) id=part-033 needs='success:start' ;;
    part_034) id=part-034 needs='success:start' ;;
    part_035) id=part-035 needs='success:start' ;;
    part_036) id=part-036 needs='success:start' ;;
    part_037) id=part-037 needs='success:start' ;;
    part_038) id=part-038 needs='success:start' ;;
    part_039) id=part-039 needs='success:start' ;;
    part_040) id=part-040 needs='success:start' ;;
    part_041) id=part-041 needs='success:start' ;;
    part_042) id=part-042 needs='success:start' ;;
    part_043) id=part-043 needs='success:start' ;;
    part_044) id=part-044 needs='success:start' ;;
    part_045) id=part-045 needs='success:start' ;;
    part_046) id=part-046 needs='success:start' ;;
    part_047) id=part-047 needs='success:start' ;;
    part_048) id=part-048 needs='success:start' ;;
    part_049) id=part-049 needs='success:start' ;;
    part_050) id=part-050 needs='success:start' ;;
    part_051) id=part-051 needs='success:start' ;;
    part_052) id=part-052 needs='success:start' ;;
    part_053) id=part-053 needs='success:start' ;;
    part_054) id=part-054 needs='success:start' ;;
    part_055) id=part-055 needs='success:start' ;;
    part_056) id=part-056 needs='success:start' ;;
    part_057) id=part-057 needs='success:start' ;;
    part_058) id=part-058 needs='success:start' ;;
    part_059) id=part-059 needs='success:start' ;;
    part_060) id=part-060 needs='success:start' ;;
    part_061) id=part-061 needs='success:start' ;;
    part_062) id=part-062 needs='success:start' ;;
    part_063) id=part-063 needs='success:start' ;;
    part_064) id=part-064 needs='success:start' ;;
    part_065) id=part-065 needs='success:start' ;;
    part_066) id=part-066 needs='success:start' ;;
    part_067) id=part-067 needs='success:start' ;;
    part_068) id=part-068 needs='success:start' ;;
    part_069) id=part-069 needs='success:start' ;;
    part_070) id=part-070 needs='success:start' ;;
    part_071) id=part-071 needs='success:start' ;;
    part_072) id=part-072 needs='success:start' ;;
    part_073) id=part-073 needs='success:start' ;;
    part_074) id=part-074 needs='success:start' ;;
    part_075) id=part-075 needs='success:start' ;;
    part_076) id=part-076 needs='success:start' ;;
    part_077) id=part-077 needs='success:start' ;;
    part_078) id=part-078 needs='success:start' ;;
    part_079) id=part-079 needs='success:start' ;;
    part_080) id=part-080 needs='success:start' ;;
    part_081) id=part-081 needs='success:start' ;;
    part_082) id=part-082 needs='success:start' ;;
    part_083) id=part-083 needs='success:start' ;;
    part_084) id=part-084 needs='success:start' ;;
    part_085) id=part-085 needs='success:start' ;;
    part_086) id=part-086 needs='success:start' ;;
    part_087) id=part-087 needs='success:start' ;;
    part_088) id=part-088 needs='success:start' ;;
    part_089) id=part-089 needs='success:start' ;;
    part_090) id=part-090 needs='success:start' ;;
    part_091) id=part-091 needs='success:start' ;;
    part_092) id=part-092 needs='success:start' ;;
    part_093) id=part-093 needs='success:start' ;;
    part_094) id=part-094 needs='success:start' ;;
    part_095) id=part-095 needs='success:start' ;;
    part_096) id=part-096 needs='success:start' ;;
    part_097) id=part-097 needs='success:start' ;;
    part_098) id=part-098 needs='success:start' ;;
    part_099) id=part-099 needs='success:start' ;;
    part_100) id=part-100 needs='success:start' ;;
    part_101) id=part-101 needs='success:start' ;;
    part_102) id=part-102 needs='success:start' ;;
    part_103) id=part-103 needs='success:start' ;;
    part_104) id=part-104 needs='success:start' ;;
    part_105) id=part-105 needs='success:start' ;;
    part_106) id=part-106 needs='success:start' ;;
    part_107) id=part-107 needs='success:start' ;;
    part_108) id=part-108 needs='success:start' ;;
    part_109) id=part-109 needs='success:start' ;;
    part_110) id=part-110 needs='success:start' ;;
    part_111) id=part-111 needs='success:start' ;;
    part_112) id=part-112 needs='success:start' ;;
    part_113) id=part-113 needs='success:start' ;;
    part_114) id=part-114 needs='success:start' ;;
    part_115) id=part-115 needs='success:start' ;;
    part_116) id=part-116 needs='success:start' ;;
    part_117) id=part-117 needs='success:start' ;;
    part_118) id=part-118 needs='success:start' ;;
    part_119) id=part-119 needs='success:start' ;;
    part_120) id=part-120 needs='success:start' ;;
    part_121) id=part-121 needs='success:start' ;;
    part_122) id=part-122 needs='success:start' ;;
    part_123) id=part-123 needs='success:start' ;;
    part_124) id=part-124 needs='success:start' ;;
    part_125) id=part-125 needs='success:start' ;;
    part_126) id=part-126 needs='success:start' ;;
    part_127) id=part-127 needs='success:start' ;;
    part_128) id=part-128 needs='success:start' ;;
    part_129) id=part-129 needs='success:start' ;;
    part_130) id=part-130 needs='success:start' ;;
    part_131) id=part-131 needs='success:start' ;;
    part_132) id=part-132 needs='success:start' ;;
    part_133) id=part-133 needs='success:start' ;;
    part_134) id=part-134 needs='success:start' ;;
    part_135) id=part-135 needs='success:start' ;;
    part_136) id=part-136 needs='success:start' ;;
    part_137) id=part-137 needs='success:start' ;;
    part_138) id=part-138 needs='success:start' ;;
    part_139) id=part-139 needs='success:start' ;;
    part_140) id=part-140 needs='success:start' ;;
    part_141) id=part-141 needs='success:start' ;;
    part_142) id=part-142 needs='success:start' ;;
    part_143) id=part-143 needs='success:start' ;;
    part_144) id=part-144 needs='success:start' ;;
    part_145) id=part-145 needs='success:start' ;;
    part_146) id=part-146 needs='success:start' ;;
    part_147) id=part-147 needs='success:start' ;;
    part_148) id=part-148 needs='success:start' ;;
    part_149) id=part-149 needs='success:start' ;;
    part_150) id=part-150 needs='success:start' ;;
    part_151) id=part-151 needs='success:start' ;;
    part_152) id=part-152 needs='success:start' ;;
    part_153) id=part-153 needs='success:start' ;;
    part_154) id=part-154 needs='success:start' ;;
    part_155) id=part-155 needs='success:start' ;;
    part_156) id=part-156 needs='success:start' ;;
    part_157) id=part-157 needs='success:start' ;;
    part_158) id=part-158 needs='success:start' ;;
    part_159) id=part-159 needs='success:start' ;;
    part_160) id=part-160 needs='success:start' ;;
    part_161) id=part-161 needs='success:start' ;;
    part_162) id=part-162 needs='success:start' ;;
    part_163) id=part-163 needs='success:start' ;;
    part_164) id=part-164 needs='success:start' ;;
    part_165) id=part-165 needs='success:start' ;;
    part_166) id=part-166 needs='success:start' ;;
    part_167) id=part-167 needs='success:start' ;;
    part_168) id=part-168 needs='success:start' ;;
    part_169) id=part-169 needs='success:start' ;;
    part_170) id=part-170 needs='success:start' ;;
    part_171) id=part-171 needs='success:start' ;;
    part_172) id=part-172 needs='success:start' ;;
    part_173) id=part-173 needs='success:start' ;;
    part_174) id=part-174 needs='success:start' ;;
    part_175) id=part-175 needs='success:start' ;;
    part_176) id=part-176 needs='success:start' ;;
    part_177) id=part-177 needs='success:start' ;;
    part_178) id=part-178 needs='success:start' ;;
    part_179) id=part-179 needs='success:start' ;;
    part_180) id=part-180 needs='success:start' ;;
    part_181) id=part-181 needs='success:start' ;;
    part_182) id=part-182 needs='success:start' ;;
    part_183) id=part-183 needs='success:start' ;;
    part_184) id=part-184 needs='success:start' ;;
    part_185) id=part-185 needs='success:start' ;;
    part_186) id=part-186 needs='success:start' ;;
    part_187) id=part-187 needs='success:start' ;;
    part_188) id=part-188 needs='success:start' ;;
    part_189) id=part-189 needs='success:start' ;;
    part_190) id=part-190 needs='success:start' ;;
    part_191) id=part-191 needs='success:start' ;;
    part_192) id=part-192 needs='success:start' ;;
    part_193) id=part-193 needs='success:start' ;;
    part_194) id=part-194 needs='success:start' ;;
    part_195) id=part-195 needs='success:start' ;;
    part_196) id=part-196 needs='success:start' ;;
    part_197) id=part-197 needs='success:start' ;;
    part_198) id=part-198 needs='success:start' ;;
    part_199) id=part-199 needs='success:start' ;;
    part_200) id=part-200 needs='success:start' ;;
    finish) id=finish needs='success:part_001 success:part_002 success:part_003 success:part_004 success:part_005 success:part_006 success:part_007 success:part_008 success:part_009 success:part_010 success:part_011 success:part_012 success:part_013 success:part_014 success:part_015 success:part_016 success:part_017 success:part_018 success:part_019 success:part_020 success:part_021 success:part_022 success:part_023 success:part_024 success:part_025 success:part_026 success:part_027 success:part_028 success:part_029 success:part_030 success:part_031 success:part_032 success:part_033 success:part_034 success:part_035 success:part_036 success:part_037 success:part_038 success:part_039 success:part_040 success:part_041 success:part_042 success:part_043 success:part_044 success:part_045 success:part_046 success:part_047 success:part_048 success:part_049 success:part_050 success:part_051 success:part_052 success:part_053 success:part_054 success:part_055 success:part_056 success:part_057 success:part_058 success:part_059 success:part_060 success:part_061 success:part_062 success:part_063 success:part_064 success:part_065 success:part_066 success:part_067 success:part_068 success:part_069 success:part_070 success:part_071 success:part_072 success:part_073 success:part_074 success:part_075 success:part_076 success:part_077 success:part_078 success:part_079 success:part_080 success:part_081 success:part_082 success:part_083 success:part_084 success:part_085 success:part_086 success:part_087 success:part_088 success:part_089 success:part_090 success:part_091 success:part_092 success:part_093 success:part_094 success:part_095 success:part_096 success:part_097 success:part_098 success:part_099 success:part_100 success:part_101 success:part_102 success:part_103 success:part_104 success:part_105 success:part_106 success:part_107 success:part_108 success:part_109 success:part_110 success:part_111 success:part_112 success:part_113 success:part_114 success:part_115 success:part_116 success:part_117 success:part_118 success:part_119 success:part_120 success:part_121 success:part_122 success:part_123 success:part_124 success:part_125 success:part_126 success:part_127 success:part_128 success:part_129 success:part_130 success:part_131 success:part_132 success:part_133 success:part_134 success:part_135 success:part_136 success:part_137 success:part_138 success:part_139 success:part_140 success:part_141 success:part_142 success:part_143 success:part_144 success:part_145 success:part_146 success:part_147 success:part_148 success:part_149 success:part_150 success:part_151 success:part_152 success:part_153 success:part_154 success:part_155 success:part_156 success:part_157 success:part_158 success:part_159 success:part_160 success:part_161 success:part_162 success:part_163 success:part_164 success:part_165 success:part_166 success:part_167 success:part_168 success:part_169 success:part_170 success:part_171 success:part_172 success:part_173 success:part_174 success:part_175 success:part_176 success:part_177 success:part_178 success:part_179 success:part_180 success:part_181 success:part_182 success:part_183 success:part_184 success:part_185 success:part_186 success:part_187 success:part_188 success:part_189 success:part_190 success:part_191 success:part_192 success:part_193 success:part_194 success:part_195 success:part_196 success:part_197 success:part_198 success:part_199 success:part_200' ;;
  esac
}

# start: Start
do_start () {
  cat >"$RUNNEL_SCRIPT" <<'END'
true </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-001
do_part_001 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-002
do_part_002 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-003
do_part_003 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-004
do_part_004 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-005
do_part_005 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-006
do_part_006 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-007
do_part_007 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-008
do_part_008 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-009
do_part_009 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-010
do_part_010 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-011
do_part_011 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-012
do_part_012 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-013
do_part_013 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-014
do_part_014 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-015
do_part_015 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-016
do_part_016 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-017
do_part_017 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-018
do_part_018 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-019
do_part_019 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-020
do_part_020 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-021
do_part_021 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-022
do_part_022 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-023
do_part_023 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-024
do_part_024 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-025
do_part_025 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-026
do_part_026 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-027
do_part_027 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-028
do_part_028 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-029
do_part_029 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-030
do_part_030 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-031
do_part_031 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-032
do_part_032 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-033
do_part_033 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-034
do_part_034 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-035
do_part_035 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-036
do_part_036 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-037
do_part_037 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-038
do_part_038 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-039
do_part_039 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-040
do_part_040 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-041
do_part_041 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-042
do_part_042 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-043
do_part_043 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-044
do_part_044 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-045
do_part_045 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-046
do_part_046 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-047
do_part_047 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-048
do_part_048 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-049
do_part_049 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-050
do_part_050 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-051
do_part_051 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-052
do_part_052 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-053
do_part_053 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-054
do_part_054 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-055
do_part_055 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-056
do_part_056 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-057
do_part_057 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-058
do_part_058 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-059
do_part_059 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-060
do_part_060 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-061
do_part_061 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-062
do_part_062 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-063
do_part_063 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-064
do_part_064 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-065
do_part_065 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-066
do_part_066 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-067
do_part_067 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-068
do_part_068 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-069
do_part_069 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-070
do_part_070 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-071
do_part_071 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-072
do_part_072 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-073
do_part_073 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-074
do_part_074 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-075
do_part_075 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-076
do_part_076 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-077
do_part_077 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-078
do_part_078 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-079
do_part_079 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-080
do_part_080 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-081
do_part_081 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-082
do_part_082 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-083
do_part_083 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-084
do_part_084 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-085
do_part_085 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-086
do_part_086 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-087
do_part_087 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-088
do_part_088 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-089
do_part_089 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-090
do_part_090 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-091
do_part_091 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-092
do_part_092 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-093
do_part_093 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-094
do_part_094 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-095
do_part_095 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-096
do_part_096 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-097
do_part_097 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-098
do_part_098 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-099
do_part_099 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-100
do_part_100 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-101
do_part_101 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-102
do_part_102 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-103
do_part_103 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-104
do_part_104 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-105
do_part_105 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-106
do_part_106 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-107
do_part_107 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-108
do_part_108 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-109
do_part_109 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-110
do_part_110 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-111
do_part_111 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-112
do_part_112 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-113
do_part_113 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-114
do_part_114 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-115
do_part_115 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-116
do_part_116 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-117
do_part_117 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-118
do_part_118 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-119
do_part_119 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-120
do_part_120 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-121
do_part_121 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-122
do_part_122 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-123
do_part_123 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-124
do_part_124 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-125
do_part_125 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-126
do_part_126 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-127
do_part_127 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-128
do_part_128 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-129
do_part_129 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-130
do_part_130 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-131
do_part_131 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-132
do_part_132 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-133
do_part_133 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-134
do_part_134 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-135
do_part_135 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-136
do_part_136 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-137
do_part_137 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-138
do_part_138 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-139
do_part_139 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-140
do_part_140 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-141
do_part_141 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-142
do_part_142 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-143
do_part_143 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-144
do_part_144 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-145
do_part_145 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-146
do_part_146 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-147
do_part_147 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-148
do_part_148 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-149
do_part_149 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-150
do_part_150 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-151
do_part_151 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-152
do_part_152 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-153
do_part_153 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-154
do_part_154 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-155
do_part_155 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-156
do_part_156 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-157
do_part_157 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-158
do_part_158 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-159
do_part_159 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-160
do_part_160 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-161
do_part_161 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-162
do_part_162 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-163
do_part_163 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-164
do_part_164 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-165
do_part_165 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-166
do_part_166 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-167
do_part_167 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-168
do_part_168 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-169
do_part_169 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-170
do_part_170 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-171
do_part_171 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-172
do_part_172 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-173
do_part_173 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-174
do_part_174 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-175
do_part_175 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-176
do_part_176 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-177
do_part_177 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-178
do_part_178 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-179
do_part_179 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-180
do_part_180 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-181
do_part_181 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-182
do_part_182 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-183
do_part_183 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-184
do_part_184 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-185
do_part_185 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-186
do_part_186 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-187
do_part_187 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-188
do_part_188 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-189
do_part_189 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-190
do_part_190 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-191
do_part_191 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-192
do_part_192 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-193
do_part_193 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-194
do_part_194 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-195
do_part_195 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-196
do_part_196 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.01 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-197
do_part_197 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.02 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-198
do_part_198 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.03 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-199
do_part_199 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.04 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# part-200
do_part_200 () {
  cat >"$RUNNEL_SCRIPT" <<'END'
sleep 0.05 </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}

# finish: Finish
do_finish () {
  cat >"$RUNNEL_SCRIPT" <<'END'
echo 'All 200 parts are done.' </dev/null
END
  limit 0 sh -e "$RUNNEL_SCRIPT"
}


# ---------------------------------------------------------------------------
# From here on every exported script is the same: it starts the steps in order.

# What links ask of a step that is over: success (also of a tolerated failure), failure, skipped or
# cancelled; empty while it is not over.
conclusion_of () {
  eval "conclusion=\${conclusion_$1:-}"
}

# Says how the links into step $1 stand: decision is start, skip or wait.
decide () {
  fired=0 broken=0 unsettled=0 failed_before=0 cancelled_before=0
  for need in $needs; do
    on=${need%%:*} from=${need#*:}
    from=${from%%:*}
    conclusion_of "$from"
    [ -n "$conclusion" ] || { unsettled=1; continue; }
    eval "before=\${failed_before_$from:-0}"
    case $conclusion:$before in
      failure:* | skipped:1) failed_before=1 ;;
      cancelled:*) cancelled_before=1 ;;
    esac
    case $on:$conclusion in
      success:success | failure:failure | finished:success | finished:failure | always:*) fired=1 ;;
      *) case $join:$conclusion in
           none-failed:success | none-failed:skipped) ;;
           *) broken=1 ;;
         esac ;;
    esac
  done
  eval "failed_before_$1=\$failed_before"

  decision=start
  if [ -n "$needs" ]; then
    case $join in
      any)
        if [ "$fired$unsettled" = 01 ]; then decision='wait'
        elif [ "$fired" = 0 ]; then decision=skip; fi ;;
      none-failed)
        if [ "$unsettled" = 1 ]; then decision='wait'
        elif [ "$fired" = 0 ] || [ "$broken" = 1 ]; then decision=skip; fi ;;
      *)
        if [ "$broken" = 1 ]; then decision=skip
        elif [ "$unsettled" = 1 ]; then decision='wait'; fi ;;
    esac
  fi
  set_answers
}

# success(), failure() and cancelled() in conditions.
set_answers () {
  success=false failure=false cancelled=false
  if [ "$failed_before" = 1 ]; then failure=true; fi
  if [ "$cancelled_before" = 1 ]; then cancelled=true; fi
  if [ "$failed_before$cancelled_before" = 00 ]; then
    if [ "$fired" = 1 ] || [ -z "$needs" ]; then success=true; fi
  fi
}

# Step $1 ends in state $2 with conclusion $3; its last exit code was $4.
finish () {
  eval "state_$1=\$2 conclusion_$1=\$3 exit_code_$1=\${4:-} attempts=\${attempt_$1:-0}"
  case $2 in
    succeeded) outcome=success ;;
    failed | timed-out) outcome=failure ;;
    *) outcome=$2 ;;
  esac
  eval "RUNNEL_STATE_$1=\$2 RUNNEL_OUTCOME_$1=\$outcome RUNNEL_CONCLUSION_$1=\$3"
  eval "RUNNEL_EXIT_CODE_$1=\${4:-} RUNNEL_ATTEMPTS_$1=\$attempts"
  if [ -s "$work/$1.values" ] && [ -z "$leg_of" ]; then eval "$(cat "$work/$1.values")"; fi
  note "$2"
}

note () {
  printf '== %s: %s\n' "$id" "$1"
}

# Decides about every step that is not decided yet, until nothing changes any more.
advance () {
  changed=1
  while [ "$changed" = 1 ]; do
    changed=0
    for key in $steps; do
      eval "state=\${state_$key:-}"
      [ "$state" = pending ] || continue
      look_up "$key"
      decide "$key"
      case $decision in
        skip) finish "$key" skipped skipped; changed=1 ;;
        start) begin "$key"; changed=1 ;;
      esac
    done
  done
}

# The links into step $1 let it start.
begin () {
  if [ "$enabled" = no ]; then finish "$1" skipped skipped
  elif [ "$enabled" = bypass ]; then finish "$1" succeeded success
  elif [ "$conditional" = 1 ] && ! "if_$1"; then finish "$1" skipped skipped
  elif [ "$matrix" = 1 ] && [ -z "$legs" ]; then finish "$1" skipped skipped
  elif [ "$matrix" = 1 ]; then
    eval "state_$1=running"
    for leg in $legs; do eval "state_$leg=queued"; done
  else eval "state_$1=queued"; fi
}

# Starts what may start, the most urgent first, as far as there is a place for it.
start_queued () {
  taken_pools=' '
  for key in $steps; do
    eval "state=\${state_$key:-}"
    [ "$state" = queued ] || continue
    look_up "$key"
    if [ "$place" = 1 ] && [ "$busy" -ge "$jobs" ]; then continue; fi
    if [ -n "$leg_of" ] && [ "$at_once" -gt 0 ]; then
      eval "active=\${active_$leg_of:-0}"
      [ "$active" -lt "$at_once" ] || continue
    fi
    if [ -n "$pool" ]; then
      eval "free=\$pool_$pool"
      case $taken_pools in *" $pool "*) continue ;; esac
      if [ "$free" -lt "$slots" ]; then taken_pools="$taken_pools$pool "; continue; fi
    fi
    start "$key"
  done
}

# Takes ($2 = 1) or gives back ($2 = -1) the places that an attempt of step $1 needs.
take () {
  running=$((running + $2))
  busy=$((busy + place * $2))
  if [ -n "$pool" ]; then eval "pool_$pool=\$((pool_$pool - slots * $2))"; fi
  if [ -n "$leg_of" ]; then eval "active_$leg_of=\$((\${active_$leg_of:-0} + $2))"; fi
}

start () {
  take "$1" 1
  eval "attempt=\$((\${attempt_$1:-0} + 1)); attempt_$1=\$attempt state_$1=running heard_$1=0"
  if [ "$attempt" = 1 ]; then
    started="$1 $started"
    if [ -n "$stamps" ]; then echo "$1" >>"$stamps/started"; fi
  fi
  note "running, attempt $attempt"
  attend "$1" &
  eval "pid_$1=\$!"
}

# A message of attend(): $1 is what happened to step $2.
hear () {
  if [ "$1" = stop ]; then
    stop
    return
  fi
  look_up "$2"
  case $1 in
    began)
      eval "heard_$2=1 unwanted=\${unwanted_$2:-0}"
      if [ "$unwanted" = 1 ]; then stop_steps "$2"; fi ;;
    over)
      take "$2" -1
      finish "$2" "$3" "$4" "$5"
      if [ -n "$leg_of" ]; then end_matrix "$leg_of"; fi ;;
    delayed)
      take "$2" -1
      eval "state_$2=waiting"
      note 'waiting for its next attempt' ;;
    due) eval "state_$2=queued" ;;
    again)
      take "$2" -1
      eval "state_$2=queued" ;;
  esac
  if [ "$run_cancelled" = 1 ]; then drop "$2"; fi
}

# A step that was to be tried again, in a run that was cancelled meanwhile.
drop () {
  eval "state=\${state_$1:-}"
  if [ "$phase" = steps ] && [ "$state" = queued ]; then
    finish "$1" cancelled cancelled
    if [ -n "$leg_of" ]; then end_matrix "$leg_of"; fi
  fi
}

# Counts how the legs of a matrix stand.
tally () {
  left=0 any_failed=0 any_tolerated=0 any_cancelled=0
  for leg in $legs; do
    conclusion_of "$leg"
    eval "state=\$state_$leg"
    case $conclusion:$state in
      :*) left=1 ;;
      failure:*) any_failed=1 ;;
      success:failed | success:timed-out) any_tolerated=1 ;;
      cancelled:*) any_cancelled=1 ;;
    esac
  done
}

# Of the matrix step $1: fails fast, and is over when its legs are.
end_matrix () {
  look_up "$1"
  tally
  if [ "$left$any_failed$fail_fast" = 111 ]; then
    stop_steps "$legs"
    look_up "$1"
    tally
  fi
  if [ "$left" = 1 ]; then return; fi
  if [ "$any_failed" = 1 ]; then finish "$1" failed failure
  elif [ "$any_cancelled" = 1 ]; then finish "$1" cancelled cancelled
  elif [ "$any_tolerated" = 1 ]; then finish "$1" failed success
  else finish "$1" succeeded success; fi
}

# Ends what is under way of the steps $1, and lets the others not begin. A process is not asked
# before it can hear it.
stop_steps () {
  for key in $1; do
    eval "state=\${state_$key:-} heard=\${heard_$key:-0} pid=\${pid_$key:-}"
    look_up "$key"
    case $state:$matrix in
      running:0 | waiting:0)
        eval "unwanted_$key=1"
        if [ "$heard" = 1 ]; then kill "$pid" 2>/dev/null || :; fi ;;
      pending:* | queued:*) finish "$key" cancelled cancelled ;;
    esac
  done
}

# Ends the matrix steps of which no leg is left.
end_matrices () {
  for matrix_step in $steps; do
    eval "state=\${state_$matrix_step:-}"
    look_up "$matrix_step"
    if [ "$state$matrix" = running1 ]; then end_matrix "$matrix_step"; fi
  done
}

# Waits for one message. A signal interrupts that.
listen () {
  if read -r event step state conclusion status <&3; then
    hear "$event" "$step" "$state" "$conclusion" "$status"
  fi
}

is_waiting () {
  for key in $1; do
    eval "state=\${state_$key:-}"
    case $state in queued | running | waiting) return 0 ;; esac
  done
  return 1
}

run_steps () {
  while :; do
    if [ "$run_cancelled" = 0 ]; then
      advance
      start_queued
    fi
    is_waiting "$steps" || break
    listen
  done
}

# Hooks and undos: one after another.
run_in_turn () {
  for turn in $1; do
    [ "$phase_stopped" = 0 ] || return 0
    look_up "$turn"
    failed_before=0 cancelled_before=0 fired=1
    set_run_answers
    begin "$turn"
    lane=$turn
    while eval "state=\$state_$turn"; do
      case $state in
        queued)
          look_up "$turn"
          if [ "$phase_stopped" = 1 ]; then
            finish "$turn" cancelled cancelled
          else
            start "$turn"
          fi ;;
        running | waiting) listen ;;
        *) break ;;
      esac
    done
    lane=
  done
}

# Whether failed steps were made good: a link that handles the failure led to a success, or to a
# failure that was made good itself.
find_handled () {
  handled=' '
  for key in $backwards; do
    look_up "$key"
    eval "state=\$state_$key"
    if [ "$state" != succeeded ] && ! is_handled "$key"; then continue; fi
    for need in $needs; do
      on=${need%%:*} from=${need#*:}
      case $from in *:handles) from=${from%%:*} ;; *) continue ;; esac
      conclusion_of "$from"
      case $on:$conclusion in
        failure:failure | finished:failure | always:failure) handled="$handled$from " ;;
      esac
    done
  done
}

is_handled () {
  case $handled in *" $1 "*) return 0 ;; esac
  return 1
}

judge_run () {
  run_state=succeeded
  find_handled
  for key in $backwards; do
    conclusion_of "$key"
    case $conclusion in
      cancelled) run_state=failed ;;
      failure) is_handled "$key" || run_state=failed ;;
    esac
  done
  if [ "$run_cancelled" = 1 ]; then run_state=cancelled; fi
  RUNNEL_RUN_STATE=$run_state
}

set_run_answers () {
  success=false failure=false cancelled=false
  case $run_state in
    failed) failure=true ;;
    cancelled) cancelled=true ;;
    *) success=true ;;
  esac
}

# The undos of what was started, the latest first.
roll_back () {
  for key in $started; do
    look_up "$key"
    if [ -n "$undo" ]; then run_in_turn "$undo"; fi
  done
}

stop () {
  case $phase in
    steps)
      run_cancelled=1
      stop_steps "$lane $steps"
      end_matrices ;;
    *)
      phase_stopped=1
      stop_steps "$lane" ;;
  esac
}

summarize () {
  printf '\n'
  for key in $all; do
    look_up "$key"
    eval "state=\${state_$key:-}"
    if [ -n "$state" ]; then printf '   %s\t%s\n' "$id" "$state"; fi
  done
  printf '== the run: %s\n' "$run_state"
}

prepare () {
  work=$(mktemp -d) || exit 4
  trap 'rm -rf "$work"' EXIT
  mkfifo "$work/events" || exit 4
  exec 3<>"$work/events"
  trap 'echo stop >&3' INT TERM HUP
  RUNNEL_RUN_DIR=$work RUNNEL_RUN_ID=$$ RUNNEL_ARTIFACTS=${artifacts_folder:-$work/artifacts}
  export RUNNEL_RUN_DIR RUNNEL_RUN_ID RUNNEL_ARTIFACTS
  mkdir -p "$RUNNEL_ARTIFACTS" || exit 4
  running=0 busy=0 started='' lane='' run_cancelled=0 phase_stopped=0 phase=steps
  run_state=running RUNNEL_RUN_STATE=running
  for key in $backwards; do eval "state_$key=pending"; done
}

# What follows the steps.
conclude () {
  judge_run
  phase=rollback
  if [ "$run_state" = failed ] && [ "$rolls_back" = 1 ]; then roll_back; fi
  phase=end phase_stopped=0
  if [ "$run_state" = succeeded ]; then run_in_turn "$on_success"; fi
  if [ "$run_state" = failed ]; then run_in_turn "$on_failure"; fi
  phase_stopped=0
  run_in_turn "$on_finish"
  summarize
}

main () {
  prepare
  run_in_turn "$on_start"
  run_steps
  conclude
  case $run_state in
    succeeded) exit 0 ;;
    cancelled) exit 130 ;;
    *) exit 1 ;;
  esac
}

# ---------------------------------------------------------------------------
# One attempt of a step.

# One attempt of step $1, in a process of its own, which tells the scheduler how it went.
attend () {
  stopped=0 pid=
  trap 'stopped=1; if [ -n "$pid" ]; then kill "$pid" 2>/dev/null; fi' TERM
  trap '' INT
  trap - EXIT
  RUNNEL_STEP=$id RUNNEL_ATTEMPT=$attempt RUNNEL_OUTPUT=$work/$1.output
  RUNNEL_SCRIPT=$work/$1.script
  export RUNNEL_STEP RUNNEL_ATTEMPT RUNNEL_OUTPUT
  : >"$RUNNEL_OUTPUT"
  if [ -n "$values" ]; then
    "values_of_$values"
    if [ -s "$work/$values.values" ]; then eval "$(cat "$work/$values.values")"; fi
  fi

  echo "began $1" >&3
  "do_$base" &
  pid=$!
  status=0
  if [ "$stopped" = 1 ]; then kill "$pid" 2>/dev/null; fi
  wait "$pid" || status=$?
  while kill -0 "$pid" 2>/dev/null; do status=0; wait "$pid" || status=$?; done
  pid=

  state=succeeded conclusion=success
  if [ "$status" -ne 0 ]; then state=failed conclusion=failure; fi
  if [ "$status" -eq 124 ] && [ "$limited" = 1 ]; then state=timed-out; fi
  if [ "$status" -ne 0 ] && [ "$stopped" = 1 ]; then state=cancelled conclusion=cancelled; fi
  good=1
  read_outputs "$1" || good=0
  if [ "$state" = succeeded ] && ! { [ "$good" = 1 ] && keep_artifacts; }; then
    state=failed conclusion=failure status=1
  fi
  delay=0
  if [ "$conclusion" = failure ] && [ "$retries" -ge "$attempt" ] && "again_$base"; then
    try_again "$1"
    return
  fi
  if [ "$conclusion" = failure ] && [ "$tolerant" = 1 ] && "tolerates_$base"; then
    conclusion=success
  fi
  echo "over $1 $state $conclusion $status" >&3
}

# Waits for the time of the next attempt without taking a place.
try_again () {
  if [ "$delay" != 0 ]; then
    echo "delayed $1" >&3
    sleep "$delay" 3>&- &
    pid=$!
    wait "$pid"
    if [ "$stopped" = 1 ]; then
      echo "over $1 cancelled cancelled $status" >&3
      return
    fi
    echo "due $1" >&3
  else echo "again $1" >&3; fi
}

# Becomes a command that is ended after $1 seconds (0 = never), with all that it has started.
limit () {
  exec timeout -k 10 "$@" </dev/null 3>&-
}

# Makes assignments of the lines `name=value` and `name<<WORD` that step $1 has written.
read_outputs () {
  awk -v prefix="RUNNEL_OUTPUT_$output_prefix""__" -v step="$id" '
    function quote(text) { gsub(/\047/, "\047\\\047\047", text); return "\047" text "\047" }
    function give(name, value) { gsub(/-/, "_", name); print prefix name "=" quote(value) }
    function refuse(why) {
      print step ": line " NR " of its outputs " why | "cat >&2"; bad = 1; exit 1
    }
    word != "" && $0 == word { give(name, value); word = ""; next }
    word != "" { value = value separator $0; separator = "\n"; next }
    /^[A-Za-z_][A-Za-z0-9_-]*=/ {
      i = index($0, "="); give(substr($0, 1, i - 1), substr($0, i + 1)); next
    }
    /^[A-Za-z_][A-Za-z0-9_-]*<<./ {
      i = index($0, "<<"); name = substr($0, 1, i - 1); word = substr($0, i + 2)
      value = ""; separator = ""; next
    }
    $0 != "" { refuse("is neither name=value nor name<<EOF") }
    END { if (!bad && word != "") refuse("is missing: " word) }
  ' "$RUNNEL_OUTPUT" >"$work/$1.values"
}

keep_artifacts () {
  [ "$artifacts" = 1 ] || return 0
  folder=$RUNNEL_ARTIFACTS/$id
  "files_of_$base" | while IFS= read -r file; do
    file=${file#./}
    parent=$folder
    case $file in */*) parent=$folder/${file%/*} ;; esac
    if ! { mkdir -p "$parent" && cp -p "$file" "$parent/"; }; then exit 1; fi
  done
}

# A person is asked at the terminal: $1 is the question, $2 the time in seconds (0 = no limit), $3
# what holds when nobody answers.
ask () {
  case " $approved " in *" $RUNNEL_STEP "* | *" all "*) approve ;; esac
  if ! (: </dev/tty) 2>/dev/null; then
    echo "$RUNNEL_STEP: there is no terminal to ask at; say --approve $RUNNEL_STEP" >&2
    exit 1
  fi
  asker=
  trap 'if [ -n "$asker" ]; then kill "$asker"; fi; rmdir "$work/asking" 2>/dev/null; exit 143' TERM
  until mkdir "$work/asking" 2>/dev/null; do sleep 1; done
  printf '%s [y/N] ' "$1" >/dev/tty
  # shellcheck disable=SC2016 # the other shell expands it
  timeout --foreground "$2" sh -c 'read -r answer </dev/tty; printf %s "$answer"' >"$work/answer" &
  asker=$!
  status=0
  wait "$asker" || status=$?
  answer=$(cat "$work/answer")
  rmdir "$work/asking"
  if [ "$status" -eq 124 ]; then
    echo "$RUNNEL_STEP: nobody has answered" >&2
    answer=$3
  fi
  case $answer in y | Y | yes | approve) approve ;; esac
  exit 1
}

approve () {
  printf 'approved-by=%s\ncomment=\n' "$(id -un)" >>"$RUNNEL_OUTPUT"
  exit 0
}

# ---------------------------------------------------------------------------
# One step in a process of its own, for make and ninja. What is known of the others is in the folder
# $stamps: a file STEP.state for each that is over.

load_states () {
  for file in "$stamps"/*.state; do
    if [ -f "$file" ]; then eval "$(cat "$file")"; fi
  done
}

prepare_single () {
  prepare
  RUNNEL_ARTIFACTS=${artifacts_folder:-$stamps/artifacts}
  mkdir -p "$RUNNEL_ARTIFACTS" || exit 4
  load_states
}

save_state () {
  {
    for variable in state conclusion failed_before exit_code; do
      eval "printf '%s=%s\n' ${variable}_$1 \"\${${variable}_$1:-}\""
    done
    for variable in STATE OUTCOME CONCLUSION EXIT_CODE ATTEMPTS; do
      eval "printf '%s=%s\n' RUNNEL_${variable}_$1 \"\${RUNNEL_${variable}_$1:-}\""
    done
    if [ -s "$work/$1.values" ]; then cat "$work/$1.values"; fi
  } >"$stamps/$1.new"
  mv "$stamps/$1.new" "$stamps/$1.state"
}

# Ends with 0 also when the step failed: it is for its links to say what follows from that.
run_single () {
  prepare_single
  look_up "$1"
  steps="$1 $legs"
  eval "state_$1=pending conclusion_$1=''"
  for leg in $legs; do eval "state_$leg='' conclusion_$leg=''"; done
  run_steps
  if [ "$run_cancelled" = 1 ]; then exit 130; fi
  for key in $steps; do
    eval "state=\${state_$key:-}"
    if [ -n "$state" ] && [ "$key" != "$1" ]; then save_state "$key"; fi
  done
  save_state "$1"
}

run_begin () {
  prepare_single
  run_in_turn "$on_start"
  if [ "$run_cancelled" = 1 ]; then exit 130; fi
  for turn in $on_start; do save_state "$turn"; done
  : >"$stamps/begun"
}

# What did not succeed is forgotten, so that the next make does it again.
run_finish () {
  prepare_single
  if [ -f "$stamps/started" ]; then
    started=$(awk '{ all = $0 " " all } END { print all }' "$stamps/started")
  fi
  conclude
  for key in $all; do
    eval "state=\${state_$key:-}"
    if [ "$state" != succeeded ]; then rm -f "$stamps/$key.state"; fi
  done
  rm -f "$stamps/begun" "$stamps/started"
  if [ "$run_state" != succeeded ]; then exit 1; fi
}

# --state FOLDER and one of --begin, --step STEP, --finish.
be_part () {
  case $2 in
    /*) stamps=$2 ;;
    *) stamps=$OLDPWD/$2 ;;
  esac
  approved=${RUNNEL_APPROVE:-} artifacts_folder='' jobs=${RUNNEL_JOBS:-$jobs}
  check_parameters
  set_environment
  case ${3:-} in
    --begin) run_begin ;;
    --step) run_single "$4" ;;
    --finish) run_finish ;;
    *) refuse 'one of --begin, --step and --finish belongs to --state' ;;
  esac
}

if [ "${1:-}" = --state ]; then
  be_part "$@"
  exit
fi
stamps=''
read_options "$@"
check_parameters
set_environment
main
